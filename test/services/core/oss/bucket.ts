import { knownId } from '../ids';

/** The bucket of the local services, and the key that addresses in it are signed with. */
export const BUCKET = {
	accessKeyId: `LOCAL${knownId('oss key', 15)}`,
	accessKeySecret: knownId('oss secret', 30),
	bucket: 'local-dingtalk',
};
