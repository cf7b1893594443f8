import type { IDataObject } from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { projectFolder } from '../engine';
import { startLocalDingTalk, type StoredDentry } from '../services/dingtalk';
import { Problem } from './problem';

/** Where the files go. */
export interface Target {
	/** For people. */
	service: string;
	folder: string;
	/** Link or dentryUuid of the folder. */
	parent: string;
	credential: IDataObject;
	/** What is stored there; the real service cannot be asked. */
	files?: () => StoredDentry[];
	close(): Promise<void>;
}

/** The service of the `.env` file where there is one, or else the local service. */
export async function openTarget(): Promise<Target> {
	const envFile = resolve(projectFolder, process.env.DINGTALK_ENV_FILE ?? '.env');
	return existsSync(envFile) ? realTarget(envFile) : await localTarget();
}

async function localTarget(): Promise<Target> {
	// It listens on this machine, where no proxy leads to
	process.env.no_proxy = [process.env.no_proxy ?? process.env.NO_PROXY, '127.0.0.1']
		.filter(Boolean)
		.join(',');
	const service = await startLocalDingTalk();
	const { app, operator, teamHandbook, folders } = service.seed;
	return {
		service: `the local service at ${service.apiUrl}`,
		folder: `${teamHandbook.name}${folders.invoices.path}`,
		parent: folders.invoices.url,
		credential: {
			region: 'custom',
			apiBaseUrl: service.apiUrl,
			appType: 'internal',
			appKey: app.appKey,
			appSecret: app.appSecret,
			operatorUnionId: operator.unionId,
		},
		files: () => service.files(),
		close: async () => await service.close(),
	};
}

const REQUIRED = [
	'DINGTALK_APP_KEY',
	'DINGTALK_APP_SECRET',
	'DINGTALK_OPERATOR_UNION_ID',
	'DINGTALK_PARENT',
];

const HOSTS: Record<string, string> = {
	international: 'https://api.dingtalk.io',
	china: 'https://api.dingtalk.com',
};

function realTarget(envFile: string): Target {
	loadEnvFile(envFile);
	const value = (name: string) => (process.env[name] ?? '').trim();
	const missing = REQUIRED.filter((name) => !value(name));
	if (missing.length > 0) {
		throw new Problem(
			`The file ${envFile} lacks ${missing.join(', ')}; without the file the local service is used.`,
		);
	}
	const apiBaseUrl = value('DINGTALK_API_BASE_URL');
	const region = apiBaseUrl ? 'custom' : value('DINGTALK_REGION') || 'international';
	if (!apiBaseUrl && !(region in HOSTS)) {
		throw new Problem(`DINGTALK_REGION in ${envFile} is neither international nor china.`);
	}
	return {
		service: `DingTalk at ${apiBaseUrl || HOSTS[region]}`,
		folder: value('DINGTALK_PARENT'),
		parent: value('DINGTALK_PARENT'),
		credential: {
			region,
			apiBaseUrl,
			appType: 'internal',
			appKey: value('DINGTALK_APP_KEY'),
			appSecret: value('DINGTALK_APP_SECRET'),
			operatorUnionId: value('DINGTALK_OPERATOR_UNION_ID'),
		},
		close: async () => {},
	};
}

function loadEnvFile(path: string): void {
	try {
		process.loadEnvFile(path);
	} catch {
		throw new Problem(`The file ${path} cannot be read.`);
	}
}
