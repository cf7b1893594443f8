import { generateKeyPairSync } from 'node:crypto';
import { knownId, knownNumber } from '../core/ids';

// Made anew in each process, so that no private key lies in the repository.
const keys = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The JWT app's public key, which PDS was given in its console. */
export const APP_PUBLIC_KEY = keys.publicKey;

/** A drive of the domain. */
export interface SeedDrive {
	driveId: string;
	name: string;
	/** Id of a user or of a group. */
	owner: string;
	ownerType: 'user' | 'group';
	status: 'enabled' | 'disabled';
}

const userId = knownId('pds user', 32).toLowerCase();

function driveOf(owner: string, driveId: string, name: string): SeedDrive {
	return { driveId, name, owner, ownerType: 'user', status: 'enabled' };
}

function teamDrive(driveId: string, name: string): SeedDrive {
	return { ...driveOf(knownId(`pds group ${name}`), driveId, name), ownerType: 'group' };
}

const own = driveOf(userId, '1', 'My Files');
const archive = driveOf(userId, '11', 'Archive');
const closed: SeedDrive = { ...driveOf(userId, '12', 'Closed'), status: 'disabled' };
const marketing = teamDrive('101', 'Marketing');
const chinese = teamDrive('102', '产品资料');

/** Each of them has the name that PDS gives the first drive of a user. */
const ofOthers = Array.from({ length: 120 }, (_none, index) =>
	driveOf(knownId(`pds user ${index}`).toLowerCase(), String(1001 + index), 'Default'),
);

/** A folder of the drive `driveId`. */
function folder(name: string, parentFileId = 'root') {
	return {
		name,
		parentFileId,
		fileId: knownId(`pds ${name} in ${parentFileId}`, 40).toLowerCase(),
	};
}

const invoices = folder('Invoices');
const invoices2026 = folder('2026', invoices.fileId);

/** What is there from the start. The same in every run, but for the app's key. */
export const SEED = {
	domainId: 'local1',
	/** The user's drive. */
	driveId: own.driveId,
	/** The drives of the user and those of the user's teams; with those of others, of the domain. */
	drives: { own, archive, closed, marketing, chinese, ofOthers },
	/** Folders of the drive `driveId`. */
	folders: {
		invoices,
		invoices2025: folder('2025', invoices.fileId),
		invoices2026,
		invoicesMarch: folder('March', invoices2026.fileId),
		chinese: folder('合同 2026'),
		empty: folder('Empty'),
	},
	/** Folders at the root of the drive "Archive". */
	manyFolders: Array.from({ length: 230 }, (_none, index) => folder(`Box ${index + 1}`)),
	/** A share one may upload into; it leads to the drive's root. */
	shareId: knownId('pds share', 11),
	/** For `x-share-token`: opens the share without an access token. */
	shareToken: knownId('pds share token', 64),
	/** The user's; good from the start, until tokens are revoked. */
	accessToken: knownId('pds access token', 64),
	/** Of an administrator of the domain. */
	adminToken: knownId('pds admin token', 64),
	/** A JWT app and a user it may act for. */
	jwt: {
		appId: knownId('pds app', 16),
		privateKey: keys.privateKey,
		userId,
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
