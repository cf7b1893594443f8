import { startDaemon, type Daemon } from './daemon';
import type { N8nInstall } from './install';
import { until } from '../until';
import { tail } from './process';

/** The account of a local editor; it listens on this machine only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Local-n8n-1',
	firstName: 'Local',
	lastName: 'Owner',
};

/** A running editor. */
export interface RunningServer extends Daemon {
	url: string;
	/** The log-in. */
	email: string;
	password: string;
}

/** Starts `n8n start` on 127.0.0.1 and makes sure the owner account exists. */
export async function startServer(
	{ nodePath, n8nBin }: N8nInstall,
	env: Record<string, string>,
	port: number,
): Promise<RunningServer> {
	const url = `http://127.0.0.1:${port}`;
	const n8n = startDaemon(nodePath, [n8nBin, 'start'], {
		env: {
			...env,
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: url,
			N8N_SECURE_COOKIE: 'false',
		},
	});
	try {
		await until(
			async () => {
				if (!n8n.isRunning()) throw new Error(`n8n ended at once\n${tail(n8n.output())}`);
				const response = await fetch(`${url}/rest/settings`).catch(() => undefined);
				return response?.ok === true && (await response.text()).startsWith('{');
			},
			() => `n8n did not start\n${tail(n8n.output())}`,
			250,
		);
		await setUpOwner(url);
	} catch (error) {
		await n8n.stop();
		throw error;
	}
	return { ...n8n, url, email: OWNER.email, password: OWNER.password };
}

async function setUpOwner(url: string): Promise<void> {
	const post = async (path: string, body: unknown) =>
		await fetch(`${url}/rest/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	const setup = await post('owner/setup', OWNER);
	if (setup.ok) return;
	const login = await post('login', {
		emailOrLdapLoginId: OWNER.email,
		password: OWNER.password,
	});
	if (!login.ok) {
		throw new Error(
			`The owner account could not be set up (${setup.status} ${await setup.text()}) ` +
				`nor logged in to (${login.status} ${await login.text()})`,
		);
	}
}
