import { readdir, readFile, readlink } from 'node:fs/promises';

/** What a process has open, by Linux's /proc, so that the process is left alone. */
export interface Census {
	descriptors: number;
	/** Files below n8n's folder. */
	storeFiles: number;
	/** Established connections by the name of the service at their other end. */
	sockets: Record<string, number>;
}

/** Counts what a process has open. @param urls of the services, by name */
export async function takeCensus(
	pid: number,
	folder: string,
	urls: Record<string, string>,
): Promise<Census> {
	const descriptors = await readdir(`/proc/${pid}/fd`);
	const targets = await Promise.all(
		descriptors.map(async (descriptor) => {
			// It may have been closed meanwhile.
			return await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
		}),
	);
	const own = new Set(targets);
	const lines = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).trim().split('\n').slice(1);
	const connections = lines.map((line) => {
		const [, , remote, state, , , , , , inode] = line.trim().split(/\s+/);
		return { port: parseInt(remote.split(':')[1], 16), state, inode };
	});
	const established = connections.filter(({ state, inode }) => {
		return state === ESTABLISHED && own.has(`socket:[${inode}]`);
	});
	const sockets = Object.entries(urls).map(([name, url]) => {
		const port = Number(new URL(url).port);
		return [name, established.filter((each) => each.port === port).length] as const;
	});
	return {
		descriptors: targets.filter((target) => target !== '').length,
		storeFiles: targets.filter((target) => target.startsWith(folder)).length,
		sockets: Object.fromEntries(sockets),
	};
}

const ESTABLISHED = '01';
