import { generateKeyPairSync } from 'node:crypto';
import { knownId, knownNumber } from '../local-dingtalk/ids';

// Made anew in each process, so that no private key lies in the repository.
const keys = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The JWT app's public key, which PDS was given in its console. */
export const APP_PUBLIC_KEY = keys.publicKey;

/** What is there from the start. The same in every run, but for the app's key. */
export const SEED = {
	domainId: 'local1',
	driveId: '1',
	/** A share one may upload into; it leads to the drive's root. */
	shareId: knownId('pds share', 11),
	/** For `x-share-token`: opens the share without an access token. */
	shareToken: knownId('pds share token', 64),
	/** Good from the start, until tokens are revoked. */
	accessToken: knownId('pds access token', 64),
	/** A JWT app and a user it may act for. */
	jwt: {
		appId: knownId('pds app', 16),
		privateKey: keys.privateKey,
		userId: knownId('pds user', 32).toLowerCase(),
	},
	/** A key pair, and one with a security token. */
	accessKey: {
		id: `LTAI${knownId('pds key', 20)}`,
		secret: knownId('pds secret', 30),
		sts: {
			id: `STS.${knownId('pds sts key', 24)}`,
			secret: knownId('pds sts secret', 44),
			securityToken: knownId('pds security token', 64),
		},
	},
	/** Where objects lie in the bucket. */
	bucketFolder: `${knownId('pds folder', 8)}/${knownNumber('pds folder', 10)}`,
};
