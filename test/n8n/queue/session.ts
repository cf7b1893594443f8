import { until } from '../../until';
import type { CredentialFile, WorkflowFile } from '../real-n8n';
import { OWNER } from '../server';

/** An execution as n8n's list of executions shows it. */
export interface ListedExecution {
	id: string;
	status: string;
	workflowId: string;
	retryOf?: string | null;
}

/** Whether an execution of this status goes on. */
function isOpen(status: string): boolean {
	return ['new', 'running', 'waiting', 'unknown'].includes(status);
}

/** The most that n8n lists at a time. */
const PAGE = 100;

/** The owner, logged in to the editor: what the browser calls when buttons are clicked. */
export class Session {
	private cookie = '';

	constructor(private readonly url: string) {}

	async logIn(): Promise<this> {
		const { email, password } = OWNER;
		const response = await this.send('POST', 'login', { emailOrLdapLoginId: email, password });
		this.cookie = response.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
		return this;
	}

	/** @returns the id n8n gave it */
	async addCredential({ name, type, data }: CredentialFile): Promise<string> {
		return (await this.call<{ id: string }>('POST', 'credentials', { name, type, data })).id;
	}

	/** Adds a workflow and publishes it. @returns the id n8n gave it */
	async addWorkflow(workflow: Omit<WorkflowFile, 'id'>): Promise<string> {
		const body = { ...workflow, active: false };
		const saved = await this.call<{ id: string; versionId: string }>('POST', 'workflows', body);
		const { id, versionId } = saved;
		await this.call('POST', `workflows/${id}/activate`, { versionId });
		return id;
	}

	/** All executions, once none of them goes on any more. */
	async ended(): Promise<ListedExecution[]> {
		let listed: ListedExecution[] = [];
		const allEnded = async () => {
			listed = await this.executions();
			return !listed.some(({ status }) => isOpen(status));
		};
		await until(allEnded, () => `n8n leaves executions open: ${JSON.stringify(listed)}`, 250);
		return listed;
	}

	/** All executions, as the lists of the single workflows show them. */
	private async executions(): Promise<ListedExecution[]> {
		const workflows = await this.call<Array<{ id: string }>>('GET', 'workflows');
		const all = new Map<string, ListedExecution>();
		for (const { id: workflowId } of workflows) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const { results } = await this.call<{ results: ListedExecution[] }>(
				'GET',
				`executions?filter=${filter}&limit=${PAGE}`,
			);
			// n8n's pages overlap, so there must not be a second one.
			if (results.length >= PAGE) throw new Error(`More than ${PAGE} executions of a workflow`);
			for (const execution of results) all.set(execution.id, execution);
		}
		return [...all.values()];
	}

	/** All that n8n keeps of an execution, as the text it is sent in. */
	async dataOf(id: string): Promise<string> {
		return (await this.call<{ data: string }>('GET', `executions/${id}`)).data;
	}

	/**
	 * The Retry button, for several executions.
	 * @returns what became of each: the status of the execution that n8n made for it
	 */
	async retry(ids: string[]): Promise<Map<string, string>> {
		const ends = new Map<string, string>();
		const press = async (id: string) => {
			const path = `executions/${id}/retry`;
			const response = await this.send('POST', path, { loadWorkflow: false });
			if (!response.ok) ends.set(id, `refused: ${await response.text()}`);
		};
		// n8n may end a retry and never answer the button; the list of executions knows.
		for (const id of ids) void press(id).catch(() => undefined);
		const allEnded = async () => {
			for (const { retryOf, status } of await this.executions()) {
				if (retryOf && !isOpen(status)) ends.set(String(retryOf), status);
			}
			return ids.every((id) => ends.has(id));
		};
		await until(
			allEnded,
			() => `Of the retries of ${ids.join(', ')} ended: ${[...ends.keys()].join(', ')}`,
			250,
		);
		return ends;
	}

	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, body);
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n: ${method} ${path}: ${response.status} ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		return await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}
}
