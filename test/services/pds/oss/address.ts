import { presignedQuery } from '../../core/oss/signature';
import type { Upload, World } from '../world';

/** What of a part's PUT is signed beside its place: the client must send exactly this. */
export interface SignedPart {
	partNumber: number;
	contentType: string;
	contentMd5: string;
}

/** The address a part is PUT to, until it expires. */
export function partAddress(world: World, upload: Upload, part: SignedPart): string {
	const { now, urlLifeSeconds } = world.settings;
	const expires = Math.floor(now() / 1000) + urlLifeSeconds;
	const query = { partNumber: String(part.partNumber), uploadId: upload.uploadId };
	const headers = {
		...(part.contentType && { 'content-type': part.contentType }),
		...(part.contentMd5 && { 'content-md5': part.contentMd5 }),
	};
	const parameters = presignedQuery('PUT', upload.key, expires, headers, query);
	return `${world.ossUrl}/${upload.key}?${parameters}`;
}

/** The same for use inside the vendor's network: here merely another name of this machine. */
export function internalAddress(address: string): string {
	return address.replace('//127.0.0.1:', '//localhost:');
}
