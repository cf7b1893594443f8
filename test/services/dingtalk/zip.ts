import { crc32 } from 'node:zlib';

/** A ZIP archive of uncompressed entries: all that an Office file needs to be one. */
export function zip(files: Record<string, string>): Buffer {
	const locals: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [path, text] of Object.entries(files)) {
		const name = Buffer.from(path);
		const data = Buffer.from(text);
		// From "version needed" to "extra field length", which both kinds of header share.
		const shared = Buffer.alloc(26);
		shared.writeUInt16LE(20, 0);
		shared.writeUInt16LE(0x0021, 8);
		shared.writeUInt32LE(crc32(data), 10);
		shared.writeUInt32LE(data.length, 14);
		shared.writeUInt32LE(data.length, 18);
		shared.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, data]);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(offset, 10);
		const version = Buffer.from([20, 0]);
		directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), version, shared, rest, name]));
		locals.push(local);
		offset += local.length;
	}
	const entries = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(directory.length, 4);
	end.writeUInt16LE(directory.length, 6);
	end.writeUInt32LE(entries.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...locals, entries, Buffer.from('PK\x05\x06'), end]);
}
