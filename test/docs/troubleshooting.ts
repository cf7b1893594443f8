import { ERROR_TEXTS } from '../../nodes/DingTalkKnowledgeBase/api/error-catalog';
import { TRANSPORT_TEXTS } from '../../nodes/shared/errors/upload-error';
import { OSS_ERROR_TEXTS } from '../../nodes/shared/oss/oss-error';

interface Text {
	title: string;
	description: string;
}

/** The page `docs/troubleshooting.md`, made from the very texts that the nodes show. */
export function troubleshooting(): string {
	const storage = Object.entries(OSS_ERROR_TEXTS).map(([code, text]) => [code, text('headers')]);
	const network = Object.entries(TRANSPORT_TEXTS).map(([failure, text]) => [
		CODES[failure],
		text('the host'),
	]);
	return `${[
		'# Troubleshooting by error code',
		'<!-- Made by `npm run docs` from the texts in the code; a test compares them. -->',
		'An error has a sentence that says what happened, a description that says what to do, and, in its details, `code`, `requestId`, `httpStatus`, `step`, `fileName` and `sourceField`. With **On Error → Continue** the same data is in the item `{ error, details }`. What DingTalk itself said is at the end of the description.',
		'## From DingTalk',
		table(Object.entries(ERROR_TEXTS)),
		'A code with a suffix that is not listed (`paramError.something`) has the text of what stands before the first full stop.',
		'## From the storage (OSS)',
		table(storage as Array<[string, Text]>),
		'## From the network',
		table(network as Array<[string, Text]>),
		'## From the node itself',
		table(OWN),
	].join('\n\n')}\n`;
}

/** The codes that a failure of the network shows. */
const CODES: Record<string, string> = {
	dns: 'ENOTFOUND, EAI_AGAIN',
	connect: 'ECONNREFUSED, EHOSTUNREACH, UND_ERR_CONNECT_TIMEOUT …',
	tls: 'SELF_SIGNED_CERT_IN_CHAIN, CERT_HAS_EXPIRED …',
	invalid: 'UND_ERR_INVALID_ARG',
	reset: 'ECONNRESET, UND_ERR_SOCKET, ANSWERED_EARLY …',
	stalled: 'NO_PROGRESS',
	forbidden: 'EGRESS',
	oversize: 'TOO_LARGE',
	cancelled: 'ABORTED',
};

/** Codes of errors that no service sends; their full texts depend on the case. */
const OWN: Array<[string, Text]> = [
	['NOT_JSON', own('The answer is not from DingTalk', 'Check base URL and proxy.')],
	['NOT_STORAGE', own('The answer is not from the storage: it is a web page', 'Check the proxy.')],
	['INCOMPLETE_ANSWER', own('The answer lacks what the documentation promises', 'Check proxies.')],
	['IpBlocked', own('More than 10,000 calls in 20 seconds', 'Wait five minutes.')],
	[
		'LENGTH_MISMATCH',
		own(
			"The file is shorter or longer than n8n's binary store said",
			'Run the workflow again from the node that made the file. Nothing was committed.',
		),
	],
	[
		'CHECKSUM_MISMATCH',
		own(
			'The storage holds other bytes than were sent',
			'The node has tried again; run the workflow again. Nothing was committed.',
		),
	],
	[
		'UNSAFE_STORAGE_URL',
		own('The upload address in the answer is not one of a storage', 'Check proxy and base URL.'),
	],
	[
		'UNSAFE_SIGNED_HEADERS',
		own('The signed headers in the answer cannot be sent', 'Check proxy and base URL.'),
	],
];

function own(title: string, description: string): Text {
	return { title, description };
}

function table(rows: Array<[string, Text]>): string {
	const lines = rows.map(
		([code, { title, description }]) => `| \`${code}\` | ${cell(title)} | ${cell(description)} |`,
	);
	return ['| Code | What happened | What to do |', '|---|---|---|', ...lines].join('\n');
}

function cell(text: string): string {
	return text.replace(/\|/g, '\\|');
}
