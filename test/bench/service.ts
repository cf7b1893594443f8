import { call } from '../measure/local-process';
import { startDingTalk, type LocalService } from '../measure/services';
import type { SEED } from '../services/dingtalk';

/** The local DingTalk, and where one file may go. */
export interface Service extends LocalService<typeof SEED, ServiceState> {
	/** Asks for a place to PUT to, as the node does. */
	permit(): Promise<PutPermit>;
}

/** What the service saw since the last reset. */
export interface ServiceState {
	files: Array<{ size: number }>;
	/** Requests by name. */
	counts: Record<string, number>;
	connections: Record<'api' | 'oss', { opened: number; open: number }>;
}

/** Where one PUT may go, and the headers it was signed with. */
export interface PutPermit {
	url: string;
	headers: Record<string, string>;
}

/** Starts the service; the arguments are those of test/services/dingtalk/cli.ts. */
export async function startService(...args: string[]): Promise<Service> {
	const service = await startDingTalk<ServiceState>(args);
	const { apiUrl, seed } = service;
	return { ...service, permit: async () => await permit(apiUrl, seed) };
}

async function permit(apiUrl: string, seed: typeof SEED): Promise<PutPermit> {
	const { appKey, appSecret } = seed.app;
	const post = async <T>(path: string, body: object, headers: Record<string, string> = {}) =>
		await call<T>(apiUrl + path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
	const token = await post<{ accessToken: string }>('/v1.0/oauth2/accessToken', {
		appKey,
		appSecret,
	});
	const { dentryUuid } = seed.folders.empty;
	const info = await post<{
		headerSignatureInfo: { resourceUrls: string[]; headers: Record<string, string> };
	}>(
		`/v2.0/storage/spaces/files/${dentryUuid}/uploadInfos/query?unionId=${seed.operator.unionId}`,
		{ protocol: 'HEADER_SIGNATURE' },
		{ 'x-acs-dingtalk-access-token': token.accessToken },
	);
	const { resourceUrls, headers } = info.headerSignatureInfo;
	return { url: resourceUrls[0], headers: { ...headers, 'Content-Type': '' } };
}
