import { createHmac, timingSafeEqual } from 'node:crypto';
import { BUCKET } from './bucket';
import { OssError } from './errors';

/** The parts of a request that a V1 signature covers. */
export interface SignedRequest {
	verb: string;
	/** The object's key, decoded. */
	key: string;
	/** Header names in lower case. */
	headers: Record<string, string>;
	query: Record<string, string>;
}

/** Query parameters that name a sub-resource, and so are signed with the resource. */
const SUB_RESOURCES = new Set([
	'acl',
	'append',
	'callback',
	'callback-var',
	'comp',
	'continuation-token',
	'delete',
	'encryption',
	'endTime',
	'img',
	'lifecycle',
	'live',
	'location',
	'logging',
	'objectMeta',
	'partNumber',
	'policy',
	'position',
	'referer',
	'replication',
	'response-cache-control',
	'response-content-disposition',
	'response-content-encoding',
	'response-content-language',
	'response-content-type',
	'response-expires',
	'restore',
	'security-token',
	'startTime',
	'stat',
	'status',
	'style',
	'styleName',
	'symlink',
	'tagging',
	'torrent',
	'uploadId',
	'uploads',
	'versionId',
	'versioning',
	'versions',
	'vod',
	'website',
]);

/** The text a V1 signature is made of: headers' date or, in a presigned URL, its expiry. */
export function stringToSign(request: SignedRequest, date: string): string {
	const { verb, headers, query, key } = request;
	const ossHeaders = Object.keys(headers)
		.filter((name) => name.startsWith('x-oss-'))
		.sort()
		.map((name) => `${name}:${headers[name].trim()}\n`);
	const parameters = Object.keys(query)
		.filter((name) => SUB_RESOURCES.has(name) || name.startsWith('x-oss-'))
		.sort()
		.map((name) => (query[name] === '' ? name : `${name}=${query[name]}`));
	const resource = [`/${BUCKET.bucket}/${key}`, parameters.join('&')].filter(Boolean).join('?');
	return [
		verb,
		headers['content-md5'] ?? '',
		headers['content-type'] ?? '',
		date,
		ossHeaders.join('') + resource,
	].join('\n');
}

/** The signature of such a text with DingTalk's own key. */
export function sign(text: string): string {
	return createHmac('sha1', BUCKET.accessKeySecret).update(text, 'utf8').digest('base64');
}

/** The headers that open a place in the bucket: signed for an empty Content-Type. */
export function signedHeaders(verb: string, key: string, nowMs: number): Record<string, string> {
	const date = new Date(nowMs).toUTCString();
	const text = stringToSign({ verb, key, headers: { 'x-oss-date': date }, query: {} }, date);
	return { Authorization: `OSS ${BUCKET.accessKeyId}:${sign(text)}`, 'x-oss-date': date };
}

/** The query that opens a place in the bucket until then, for exactly these headers and this query. */
export function presignedQuery(
	verb: string,
	key: string,
	expiresSeconds: number,
	headers: Record<string, string>,
	query: Record<string, string> = {},
): string {
	const text = stringToSign({ verb, key, headers, query }, String(expiresSeconds));
	return new URLSearchParams({
		Expires: String(expiresSeconds),
		OSSAccessKeyId: BUCKET.accessKeyId,
		Signature: sign(text),
		...query,
	}).toString();
}

function denied(message: string, details: Record<string, string>): OssError {
	return new OssError(403, 'AccessDenied', message, details);
}

function compare(request: SignedRequest, date: string, keyId: string, signature: string): void {
	if (keyId !== BUCKET.accessKeyId) {
		throw new OssError(
			403,
			'InvalidAccessKeyId',
			'The OSS Access Key Id you provided does not exist in our records.',
			{ OSSAccessKeyId: keyId, EC: '0002-00000902' },
		);
	}
	const text = stringToSign(request, date);
	const wanted = Buffer.from(sign(text));
	const given = Buffer.from(signature);
	if (wanted.length === given.length && timingSafeEqual(wanted, given)) return;
	throw new OssError(
		403,
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match the signature you provided. ' +
			'Check your key and signing method.',
		{
			OSSAccessKeyId: keyId,
			SignatureProvided: signature,
			StringToSign: text,
			StringToSignBytes: (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' '),
			EC: '0002-00000040',
		},
	);
}

function checkHeaderSignature(request: SignedRequest, nowMs: number, lifeMs: number): void {
	const { headers } = request;
	const [, keyId, signature] = /^OSS ([^:\s]+):(\S+)$/.exec(headers.authorization) ?? [];
	if (!keyId || !signature) {
		throw new OssError(400, 'InvalidArgument', 'Authorization header is invalid.', {
			ArgumentName: 'Authorization',
			ArgumentValue: headers.authorization,
			EC: '0002-00000001',
		});
	}
	const date = headers['x-oss-date'] ?? headers.date ?? '';
	const time = Date.parse(date);
	if (Number.isNaN(time)) {
		throw denied('OSS authentication requires a valid Date.', { EC: '0002-00000502' });
	}
	if (Math.abs(nowMs - time) > lifeMs) {
		throw new OssError(
			403,
			'RequestTimeTooSkewed',
			'The difference between the request time and the current time is too large.',
			{
				RequestTime: new Date(time).toISOString(),
				ServerTime: new Date(nowMs).toISOString(),
				MaxAllowedSkewMilliseconds: String(lifeMs),
				EC: '0002-00000504',
			},
		);
	}
	compare(request, date, keyId, signature);
}

function checkQuerySignature(request: SignedRequest, nowMs: number): void {
	const { OSSAccessKeyId: keyId, Expires: expires, Signature: signature } = request.query;
	if (!keyId || !signature || !/^\d+$/.test(expires ?? '')) {
		throw denied(
			'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters.',
			{ EC: '0002-00000061' },
		);
	}
	if (Number(expires) * 1000 < nowMs) {
		throw denied('Request has expired.', {
			Expires: new Date(Number(expires) * 1000).toISOString(),
			ServerTime: new Date(nowMs).toISOString(),
			EC: '0002-00000069',
		});
	}
	compare(request, expires, keyId, signature);
}

/** Throws OSS's error unless the request is signed, in the header or in the query, and in time. */
export function checkSignature(request: SignedRequest, nowMs: number, lifeMs: number): void {
	if (request.headers.authorization !== undefined) {
		checkHeaderSignature(request, nowMs, lifeMs);
	} else if ('Signature' in request.query || 'OSSAccessKeyId' in request.query) {
		checkQuerySignature(request, nowMs);
	} else {
		throw denied('You have no right to access this object because of bucket acl.', {
			EC: '0003-00000001',
		});
	}
}
