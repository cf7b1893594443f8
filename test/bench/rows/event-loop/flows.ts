/** The workflows that upload, by the path of their webhook. */
export type Flow = 'dingtalk' | 'pds' | 'http' | 'http-careful';

export const FLOWS: Flow[] = ['dingtalk', 'pds', 'http', 'http-careful'];

/** What goes on in n8n beside the webhook that answers. */
export type Load = Flow | 'nothing';

export const LOADS: Load[] = ['nothing', ...FLOWS];

export const NAMES: Record<Load, string> = {
	nothing: 'nothing',
	dingtalk: 'Upload File',
	pds: 'Upload File of PDS',
	http: 'HTTP Request nodes',
	'http-careful': 'HTTP Request nodes, redirects off',
};
