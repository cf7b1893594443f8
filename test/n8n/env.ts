import { delimiter, dirname, join } from 'node:path';

import type { N8nInstall } from './install';
import { outerEnv } from './process';

/** Settings that must not reach n8n from the shell of whoever runs the tests. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_FUNCTION_|GENERIC_TIMEZONE$|OPENAI_|LANGCHAIN_)/;

/** n8n calls out for these; a test run and a local editor need none of them. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
};

/** Modules that fetch lists from the internet at start; older n8n refuse names they do not know. */
const NEW_MODULES = { N8N_DISABLED_MODULES: 'mcp-registry' };

/** The environment of an n8n whose every file is inside `userFolder`. */
export function n8nEnv(
	userFolder: string,
	{ nodePath, version }: N8nInstall,
): Record<string, string> {
	const outer = Object.fromEntries(
		Object.entries(outerEnv()).filter(([name, value]) => value && !FOREIGN.test(name)),
	) as Record<string, string>;
	const local = ['127.0.0.1', 'localhost'];
	return {
		...outer,
		...QUIET,
		...(version.startsWith('2.41.') && NEW_MODULES),
		// n8n refuses to load nodes when it believes to be under test.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		TMPDIR: join(userFolder, 'tmp'),
		PATH: [dirname(nodePath), outer.PATH].join(delimiter),
		// The local service is not behind anyone's proxy.
		NO_PROXY: [outer.NO_PROXY, ...local].filter(Boolean).join(','),
		no_proxy: [outer.no_proxy, ...local].filter(Boolean).join(','),
	};
}
