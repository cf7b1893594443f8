import type { Step } from '../steps';
import { meets, type MatrixFault } from './fault';

type Json = Record<string, unknown>;

/** The answer with one field taken out or replaced. */
function withField(body: Json, path: string, value?: unknown): Json {
	const copy = structuredClone(body);
	const keys = path.split('.');
	const last = keys.pop() ?? '';
	const parent = keys.reduce((at, key) => at[key] as Json, copy);
	if (value === undefined) delete parent[last];
	else parent[last] = value;
	return copy;
}

function changed(what: string, change: (body: Json) => unknown): MatrixFault {
	return { what, arrange: meets({ kind: 'changedAnswer', change }), answered: true };
}

function unanswered(what: string, change: (body: Json) => unknown): MatrixFault {
	return { what, arrange: meets({ kind: 'changedAnswer', change }) };
}

const OF_ANOTHER_TYPE: unknown[] = [null, 42, 'soon', {}];

/** Whether the documentation gives the field this type. */
function fits(path: string, value: unknown): boolean {
	if (/Seconds$|expireIn$/.test(path)) return typeof value === 'number';
	if (/success$/.test(path)) return typeof value === 'boolean';
	// No header at all is played as a value of its own.
	if (/headers$/.test(path)) return JSON.stringify(value) === '{}';
	if (/headerSignatureInfo$|dentry$|result$/.test(path)) return false;
	return typeof value === 'string' && !/resourceUrls$/.test(path);
}

/** What an answer can lack, and what may be of another type, for every field that the node reads. */
export function fieldFaults({ fields }: Step): MatrixFault[] {
	return fields.flatMap((path) => [
		{
			...changed(`no \`${path}\``, (body) => withField(body, path)),
			family: [`\`${path}\``, 'left out'] as [string, string],
		},
		...OF_ANOTHER_TYPE.filter((value) => !fits(path, value)).map((value) => ({
			...changed(`\`${path}\`: \`${JSON.stringify(value)}\``, (body) =>
				withField(body, path, value),
			),
			family: [`\`${path}\``, `\`${JSON.stringify(value)}\``] as [string, string],
		})),
	]);
}

const SIGNATURE = 'headerSignatureInfo';

function withAddress(url: string) {
	return (body: Json) =>
		'result' in body
			? withField(body, 'result.uploadUrl', url)
			: withField(body, `${SIGNATURE}.resourceUrls`, [url]);
}

const ADDRESSES = ['', 'no address', 'ftp://127.0.0.1/x', 'http://user:word@127.0.0.1/x'];

/** The node refuses them itself: the error has no request id. */
const inAddress = ADDRESSES.map((url): MatrixFault => ({
	...unanswered(`the address \`${url}\``, withAddress(url)),
	family: ['the address', url ? `\`${url}\`` : 'empty'],
}));

/** More that can be wrong with what a step gives out. */
export const VALUE_FAULTS: Partial<Record<Step['name'], MatrixFault[]>> = {
	token: [
		{
			what: 'a token that no header can carry',
			arrange: meets(({ keepSecret }) => ({
				kind: 'changedAnswer',
				change: ({ accessToken, ...rest }) => {
					keepSecret(String(accessToken));
					return { ...rest, accessToken: `${String(accessToken)}\n` };
				},
			})),
		},
	],
	info: [
		...inAddress,
		changed('no address at all', (body) => withField(body, `${SIGNATURE}.resourceUrls`, [])),
		changed('a life of a second', (body) => withField(body, `${SIGNATURE}.expirationSeconds`, 1)),
		changed('a header of another type', (body) =>
			withField(body, `${SIGNATURE}.headers`, { 'x-oss-date': 42 }),
		),
		{
			...changed('no signed header', (body) => withField(body, `${SIGNATURE}.headers`, {})),
			showsAt: 'uploadToOss',
		},
		unanswered('a header that HTTP does not allow', (body) =>
			withField(body, `${SIGNATURE}.headers.x-oss-date`, 'a\nb'),
		),
		unanswered('a signed header in two spellings', (body) => {
			const { headers } = body[SIGNATURE] as { headers: Record<string, string> };
			return withField(body, `${SIGNATURE}.headers.X-OSS-DATE`, headers['x-oss-date']);
		}),
	],
	'doc info': inAddress,
};
