import { textFor as pdsTextFor } from '../../nodes/AlibabaCloudPds/api/error-catalog';
import { inPdsWords } from '../../nodes/AlibabaCloudPds/upload/storage-error';
import { ERROR_TEXTS } from '../../nodes/DingTalkKnowledgeBase/api/error-catalog';
import { UploadError, type OwnCode } from '../../nodes/shared/errors';
import { TRANSPORT_TEXTS } from '../../nodes/shared/errors/transport-texts';
import { DOWNLOAD_ERROR_TEXTS } from '../../nodes/shared/oss/download-words';
import { OSS_ERROR_TEXTS } from '../../nodes/shared/oss/oss-error';
import type { TransportFailure } from '../../nodes/shared/transport';
import { CHINESE, type Language } from './languages';
import { code, plain, table } from './markdown';
import { keysOf } from './source-codes';
import chinese from './zh-CN/codes.json';

interface Text {
	title: string;
	description: string;
}

/** A line of a table: what an error with this code says. */
interface Row extends Text {
	/** One name for the line, in every language. */
	id: string;
	/** What the error shows; default: the id. */
	codes?: string;
}

/** The codes that a failure of the network shows. */
const NETWORK_CODES: Record<TransportFailure, string> = {
	dns: 'ENOTFOUND, EAI_AGAIN …',
	connect: 'ECONNREFUSED, EHOSTUNREACH, UND_ERR_CONNECT_TIMEOUT …',
	proxy: 'ECONNREFUSED, ENOTFOUND …',
	proxyCertificate: 'SELF_SIGNED_CERT_IN_CHAIN, CERT_HAS_EXPIRED …',
	proxyOtherName: 'UND_ERR_PRX_TLS',
	proxyTls: 'EPROTO, ERR_SSL_WRONG_VERSION_NUMBER …',
	proxyTunnel: 'PROXY_HUNG_UP, NOT_HTTP, UND_ERR_CONNECT_TIMEOUT …',
	proxyRefusal: 'PROXY_HTTP_403 …',
	certificate: 'SELF_SIGNED_CERT_IN_CHAIN, CERT_HAS_EXPIRED …',
	otherName: 'ERR_TLS_CERT_ALTNAME_INVALID',
	tls: 'EPROTO, ERR_SSL_WRONG_VERSION_NUMBER …',
	proxyLogin: 'PROXY_HTTP_407',
	proxyAddress: 'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY',
	proxySocks: 'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY',
	invalid: 'UND_ERR_INVALID_ARG',
	reset: 'ECONNRESET, UND_ERR_SOCKET, ANSWERED_EARLY …',
	notHttp: 'NOT_HTTP, HPE_INVALID_CONSTANT …',
	stalled: 'NO_PROGRESS',
	forbidden: 'EGRESS',
	oversize: 'TOO_LARGE',
	encoded: 'ENCODING',
	cancelled: 'ABORTED',
};

/** Where the text calls the host a proxy. */
const HOSTS_ARE_PROXIES = new Set([
	...['proxy', 'proxyCertificate', 'proxyOtherName', 'proxyTls', 'proxyTunnel'],
]);

/** Where the text names the code: the one that the table shows. */
const SHOWN_CODE: Partial<Record<TransportFailure, string>> = {
	proxyAddress: 'HTTPS_PROXY',
	proxySocks: 'HTTPS_PROXY',
	proxyRefusal: 'PROXY_HTTP_403',
	proxyTunnel: 'PROXY_HUNG_UP',
};

/** Codes that no service sends, with the gist of what their errors say: the full text names the case. */
const OWN: Record<OwnCode | 'HTTP404, HTTP502 …', [string, string]> = {
	'HTTP404, HTTP502 …': [
		'The service refused the call without naming a code; the number is the HTTP status',
		'Read what the service says at the end of the description. If it says nothing, check proxies on the way.',
	],
	NOT_JSON: [
		'The answer is not from the service: it is not JSON',
		'Check the base URL in the credential and the proxy of the n8n server.',
	],
	NOT_STORAGE: [
		'The answer is not from the storage',
		'Check the proxy of the n8n server, and exempt the storage from it if possible.',
	],
	FILE_CHANGED: [
		'The file changed while it was downloaded',
		'The node has already started again from the beginning several times. Run the workflow again when nobody is changing the file.',
	],
	INCOMPLETE_ANSWER: [
		'The answer lacks documented fields',
		'Check proxies and gateways on the way; if there are none, report the request ID to the service.',
	],
	ISSUED_TWICE: [
		'The service gave one upload address to two files',
		'A proxy or gateway may be answering from a cache: exclude the API of the service from caching.',
	],
	IpBlocked: [
		'DingTalk has blocked this server for five minutes: more than 10,000 calls in 20 seconds',
		'Wait five minutes and lower "Max Requests per Second".',
	],
	LENGTH_MISMATCH: [
		"The file is shorter or longer than n8n's binary store said; or, of a download, than the storage or DingTalk says",
		'Upload: run the workflow again from the node that created the file; nothing was committed. Download: check the proxy of the n8n server, and run the workflow again when nobody is changing the file.',
	],
	CHECKSUM_MISMATCH: [
		'The storage holds different bytes than were sent, or than came',
		'The node has already tried again. Run the workflow again. A DingTalk file was not committed, a download was thrown away; a file in PDS is there and should be deleted.',
	],
	LIST_REPEATS: [
		'The list from DingTalk repeats itself',
		'A proxy or gateway may be answering from a cache: exclude the API of the service from caching. If there is none, run the workflow again.',
	],
	TASK_FAILED: [
		'DingTalk has not copied, moved or deleted everything in a folder',
		'The description says how much is done, and why the rest is not. Correct that, look into DingTalk, and run the workflow again for the rest.',
	],
	TASK_UNFINISHED: [
		'DingTalk takes longer than "Timeout" to copy, move or delete a folder',
		'It goes on by itself: look into DingTalk later before you run this again, and raise "Timeout" for folders of this size.',
	],
	STORE_STALLED: [
		"n8n's binary store stopped delivering or taking the file",
		'Check the store of the n8n server (disk, database or S3), or raise "Timeout".',
	],
	UNSAFE_STORAGE_URL: [
		'The upload or download address in the answer is not a storage address',
		'Check the proxy of the n8n server and the base URL in the credential.',
	],
	UNSAFE_SIGNED_HEADERS: [
		'The signed headers in the answer cannot be sent',
		'Check the proxy of the n8n server and the base URL in the credential.',
	],
	NOT_ALL_SENT: [
		'PDS: the upload was not completed because not all of the file was sent',
		'Run the workflow again.',
	],
	NOT_PROVED: [
		'PDS: the upload has ended, and nothing proves that its file holds these bytes',
		'If the file is in the folder, all is done; if not, remove the option "Resume" to upload from the beginning.',
	],
	PARTS_MISSING: [
		'PDS: the storage does not have all parts of the file that were sent',
		'Check the proxy of the n8n server, and exempt the storage from it if possible. The upload was not completed.',
	],
	NOT_AVAILABLE: [
		'PDS: another upload of a file with this name is not finished',
		'Wait until it is finished, or choose another "Conflict Strategy". An abandoned upload is cleaned up after ten days.',
	],
	NAME_OF_FOLDER: [
		'PDS: a folder already has this name',
		'Choose another name in "File Name", or a "Conflict Strategy" other than Refuse and Overwrite. Nothing was uploaded.',
	],
	NOT_OVERWRITTEN: [
		'PDS did not accept a new version of the file',
		'Choose another "Conflict Strategy", or delete the file in PDS.',
	],
	UPLOAD_DIFFERS: [
		'PDS: the unfinished upload holds the bytes of another file',
		'Remove the option "Resume" to upload from the beginning.',
	],
	PART_TOO_SHORT: [
		'PDS: a part was cut off so early that the upload cannot be completed',
		'Run the workflow again to upload from the beginning.',
	],
};

const PDS_CODES = keysOf('AlibabaCloudPds/api/error-catalog.ts', 'ERROR_TEXTS');
const PDS_STORAGE_CODES = keysOf('AlibabaCloudPds/upload/storage-error.ts', 'TEXTS');

/** The lines of every table of codes, from the very texts that the nodes show. */
export const CODES: Record<string, Row[]> = {
	'codes of DingTalk': rowsOf(Object.keys(ERROR_TEXTS), (each) => ERROR_TEXTS[each]),
	'codes of Alibaba Cloud PDS': rowsOf(PDS_CODES, (each) => pdsTextFor(each)),
	'codes of the storage': rowsOf(Object.keys(OSS_ERROR_TEXTS), (each) =>
		OSS_ERROR_TEXTS[each]('headers'),
	),
	'codes of the storage for downloads': rowsOf(
		Object.keys(DOWNLOAD_ERROR_TEXTS),
		(each) => DOWNLOAD_ERROR_TEXTS[each],
	),
	'codes of the storage for parts': rowsOf(PDS_STORAGE_CODES, textOfPart),
	'codes of the network': Object.entries(TRANSPORT_TEXTS).map(([failure, text]) => ({
		id: failure,
		codes: NETWORK_CODES[failure as TransportFailure],
		...text(
			HOSTS_ARE_PROXIES.has(failure) ? '…' : 'the host',
			SHOWN_CODE[failure as TransportFailure] ?? '',
			'the host',
		),
	})),
	'codes of the node': rowsOf(Object.keys(OWN), (each) => {
		const [title, description] = OWN[each as keyof typeof OWN];
		return { title, description };
	}),
};

function rowsOf(codes: string[], textOf: (code: string) => Text | undefined): Row[] {
	return codes.map((id) => ({ id, ...(textOf(id) ?? missing(id)) }));
}

function textOfPart(code: string): Text {
	const error = new UploadError({ title: '', outcome: 'refused', step: 'putPart', code });
	const { title, description } = inPdsWords(error).facts;
	return { title, description: description ?? '' };
}

/** By table and line: what happened, and what to do, as Markdown. */
export const CHINESE_CODES: Record<string, Record<string, string[]>> = chinese;

/** @param name of the table */
export function codeTable(rows: Row[], language: Language, name: string): string {
	const lines = rows.map((row) => {
		const english = [row.title, row.description].map(plain);
		const texts = language === CHINESE ? chineseFor(name, row) : english;
		return [code(row.codes ?? row.id), ...texts];
	});
	return table([language.code, language.reason, language.advice], lines);
}

function chineseFor(name: string, { id }: Row): string[] {
	return CHINESE_CODES[name]?.[id] ?? missing(`${name}, ${id}, in Chinese`);
}

function missing(what: string): never {
	throw new Error(`There is no text for ${what}`);
}
