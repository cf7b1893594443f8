import type { IDataObject } from 'n8n-workflow';

import { call } from '../measure/local-process';
import { startDingTalk, type LocalService } from '../measure/services';
import type { SEED } from '../services/dingtalk';

/** The local DingTalk, and where one file may go. */
export interface Service extends LocalService<typeof SEED, ServiceState> {
	/** Asks for a place to PUT to, as the node does. */
	permit(): Promise<PutPermit>;
	/** Puts a file of this size into the knowledge base. @returns its dentry */
	plant(size: number): Promise<IDataObject>;
	/** Asks for the place of a file to GET it from, as the node does. */
	downloadPermit(dentry: IDataObject): Promise<PutPermit>;
}

/** What the service saw since the last reset. */
export interface ServiceState {
	files: Array<{ size: number }>;
	/** Requests by name. */
	counts: Record<string, number>;
	connections: Record<'api' | 'oss', { opened: number; open: number }>;
}

/** Where one PUT or GET may go, and the headers it was signed with. */
export interface PutPermit {
	url: string;
	headers: Record<string, string>;
}

/** Starts the service; the arguments are those of test/services/dingtalk/cli.ts. */
export async function startService(...args: string[]): Promise<Service> {
	const service = await startDingTalk<ServiceState>(args);
	const { apiUrl, seed } = service;
	return {
		...service,
		permit: async () => await permit(apiUrl, seed),
		plant: async (size) =>
			await call(`${apiUrl}/_local/plant`, {
				method: 'POST',
				body: JSON.stringify({ name: 'large.bin', size }),
			}),
		downloadPermit: async (dentry) => await downloadPermit(apiUrl, seed, dentry),
	};
}

async function permit(apiUrl: string, seed: typeof SEED): Promise<PutPermit> {
	const { dentryUuid } = seed.folders.empty;
	const { url, headers } = await ask(
		{ apiUrl, seed },
		`/v2.0/storage/spaces/files/${dentryUuid}/uploadInfos/query`,
		{ protocol: 'HEADER_SIGNATURE' },
	);
	return { url, headers: { ...headers, 'Content-Type': '' } };
}

async function downloadPermit(
	apiUrl: string,
	seed: typeof SEED,
	{ spaceId, id }: IDataObject,
): Promise<PutPermit> {
	const dentry = `/v1.0/storage/spaces/${String(spaceId)}/dentries/${String(id)}`;
	return await ask({ apiUrl, seed }, `${dentry}/downloadInfos/query`, {});
}

/** Asks for signed headers, with a new token. */
async function ask(
	{ apiUrl, seed }: { apiUrl: string; seed: typeof SEED },
	path: string,
	body: object,
): Promise<PutPermit> {
	const { appKey, appSecret } = seed.app;
	const post = async <T>(to: string, given: object, headers: Record<string, string> = {}) =>
		await call<T>(apiUrl + to, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(given),
		});
	const token = await post<{ accessToken: string }>('/v1.0/oauth2/accessToken', {
		appKey,
		appSecret,
	});
	const info = await post<{
		headerSignatureInfo: { resourceUrls: string[]; headers: Record<string, string> };
	}>(`${path}?unionId=${seed.operator.unionId}`, body, {
		'x-acs-dingtalk-access-token': token.accessToken,
	});
	const { resourceUrls, headers } = info.headerSignatureInfo;
	return { url: resourceUrls[0], headers };
}
