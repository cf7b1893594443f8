import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { parseBaseUrl } from '../../shared/web-address';

/** A token that was fetched elsewhere. */
export interface AccessTokenAuth {
	type: 'accessToken';
	accessToken: string;
}

/** An app that signs its own assertions (OAuth 2.0 JWT bearer). */
export interface JwtAppAuth {
	type: 'jwtApp';
	appId: string;
	/** PEM. */
	privateKey: string;
	/** The user ID; for `service`, the domain ID. */
	subject: string;
	subjectType: 'user' | 'service';
}

/** An Alibaba Cloud AccessKey pair; every request is signed. */
export interface AccessKeyAuth {
	type: 'accessKey';
	accessKeyId: string;
	accessKeySecret: string;
	/** The security token of temporary (STS) keys; otherwise empty. */
	securityToken: string;
}

/** The credential `alibabaCloudPdsApi`, as the calls need it. */
export interface PdsCredentials {
	domainId: string;
	/** Without a trailing slash. */
	apiBaseUrl: string;
	/** Whether the user entered the base URL: upload URLs may then be any http(s) address. */
	ownBaseUrl: boolean;
	auth: AccessTokenAuth | JwtAppAuth | AccessKeyAuth;
}

/**
 * Reads the data that n8n stores for the credential.
 *
 * @throws {UploadError} when a field that the kind of authentication needs is empty
 */
export function readCredentials(data: ICredentialDataDecryptedObject): PdsCredentials {
	const text = (name: string) => String(data[name] ?? '').trim();
	const need = (name: string) => text(name) || missing(name);
	const domainId = readDomainId(need('domainId'));
	const given = text('apiBaseUrl');
	return {
		domainId,
		apiBaseUrl: given ? readBaseUrl(given) : `https://${domainId}.api.aliyunpds.com`,
		ownBaseUrl: given !== '',
		auth: readAuth(text, need, domainId),
	};
}

const LABELS: Record<string, string> = {
	domainId: 'Domain ID',
	accessToken: 'Access Token',
	appId: 'App ID',
	privateKey: 'Private Key',
	subject: 'Subject (the ID of the user)',
	accessKeyId: 'AccessKey ID',
	accessKeySecret: 'AccessKey Secret',
};

function missing(name: string): never {
	throw badInput(`The Alibaba Cloud PDS credential lacks its ${LABELS[name]}`);
}

type Read = (name: string) => string;

function readAuth(text: Read, need: Read, domainId: string): PdsCredentials['auth'] {
	const type = text('authType') || 'accessToken';
	if (type === 'jwtApp') {
		const subjectType = text('subjectType') === 'user' ? 'user' : 'service';
		const subject = subjectType === 'user' ? need('subject') : text('subject') || domainId;
		return { type, appId: need('appId'), privateKey: need('privateKey'), subject, subjectType };
	}
	if (type === 'accessKey') {
		const [accessKeyId, accessKeySecret] = [need('accessKeyId'), need('accessKeySecret')];
		return { type, accessKeyId, accessKeySecret, securityToken: text('securityToken') };
	}
	return { type: 'accessToken', accessToken: need('accessToken').replace(/^Bearer\s+/i, '') };
}

/** Checks the domain ID, which becomes part of the host name. */
function readDomainId(text: string): string {
	if (/^[A-Za-z0-9-]{1,63}$/.test(text)) return text;
	throw badInput(
		'The domain ID in the Alibaba Cloud PDS credential is not valid',
		'Enter the ID alone, e.g. bj1, as the PDS console shows it in the list of domains.',
	);
}

function readBaseUrl(text: string): string {
	const url = parseBaseUrl(text);
	if (url) return url;
	throw badInput(
		'The base URL in the Alibaba Cloud PDS credential is not a web address',
		'Enter it with http:// or https://, e.g. https://bj1.api.aliyunpds.com, or leave it empty.',
	);
}
