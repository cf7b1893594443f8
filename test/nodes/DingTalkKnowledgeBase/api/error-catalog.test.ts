import { describe, expect, it } from 'vitest';

import {
	ERROR_TEXTS,
	LEGACY_ERROR_CODES,
	textFor,
} from '../../../../nodes/DingTalkKnowledgeBase/api/error-catalog';

/** The lists of error codes of the official pages, word for word. */
const PAGES: Record<string, string[]> = {
	'Get file upload information': [
		'paramError',
		'paramError.protocol',
		'paramError.parentDentryUuid',
		'paramError.storageDriver',
		'dentryUploadError',
		'spaceQuotaInsufficient',
		'sceneQuotaInsufficient',
		'appQuotaInsufficient',
		'orgQuotaInsufficient',
		'dentryUploadForbidden',
		'dentryUploadProtocolNotSupport',
		'permissionDenied',
		'spaceNotExist',
		'systemError',
		'unknownError',
		'operationTimeout',
	],
	'Commit file': [
		'operationConcurrentControl',
		'paramError',
		'paramError.parentDentryUuid',
		'paramError.uploadKey',
		'paramError.name',
		'paramError.conflictStrategy',
		'spaceQuotaInsufficient',
		'sceneQuotaInsufficient',
		'appQuotaInsufficient',
		'orgQuotaInsufficient',
		'dentryNameIllegal',
		'dentryStoreError',
		'dentryNameConflict',
		'dentryFormatNotSupport',
		'permissionDenied',
		'spaceNotExist',
		'systemError',
		'unknownError',
		'operationTimeout',
	],
	'Get resource upload information': [
		'paramError',
		'permissionDenied',
		'docNotExist',
		'systemError',
		'unknownError',
		'operationTimeout',
	],
	'Add folder': [
		...['operationConcurrentControl', 'paramError', 'paramError.conflictStrategy'],
		...['dentryNameIllegal', 'dentryAlreadyExist', 'permissionDenied', 'dentryNotExist'],
		...['systemError', 'unknownError', 'operationTimeout'],
	],
	'Get a list of files or folders': [
		...['paramError', 'permissionDenied', 'spaceNotExist', 'dentryNotExist'],
		...['systemError', 'unknownError', 'operationTimeout'],
	],
	'Search for files': [
		...['paramError', 'paramError-keyword', 'paramError.maxResults', 'paramError.searchScopes'],
		...['paramError.searchTargets', 'paramError.dentryTypes', 'paramError.dentryCategories'],
		...['paramError.createTimeRange', 'paramError.modifiedTimeRange', 'paramError.visitTimeRange'],
		...['spaceNotAccessible', 'workspaceNotAccessible', 'workspaceTeamNotAccessible'],
		...['systemError', 'unknownError', 'operationTimeout'],
	],
	'Get a knowledge base': [
		...['paramError', 'isNotWorkspace', 'permissionDenied', 'workspaceNotExist'],
		...['systemError', 'unknownError', 'operationTimeout'],
	],
	'Get the list of knowledge bases': [
		...['paramError', 'paramError.orderBy', 'permissionDenied', 'teamNotExist'],
		...['systemError', 'unknownError', 'operationTimeout'],
	],
	'the gateway': [
		'InvalidAuthentication',
		'Forbidden.AccessDenied.AccessTokenPermissionDenied',
		'Forbidden.AccessDenied.IpNotInWhiteList',
		'Forbidden.AccessDenied.ApiCountLimitForOrg',
		'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
		'Forbidden.AccessDenied.QpsLimitForApi',
		'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
		'InvalidAction.NotFound',
		'forbidden.acrossOrg',
		'documentNotExist',
		'invalidClientIdOrSecret',
		'invalid.client',
		'invalid_client',
	],
};

const all = Object.entries(PAGES).flatMap(([page, codes]) => codes.map((code) => [page, code]));

describe('every documented error code', () => {
	it.each(all)('of %s says what happened and what to do: %s', (_, code) => {
		const text = textFor(code);
		expect(text?.title).toMatch(/^[A-Z][^.]{10,}[^.]$/);
		expect(text?.description).toMatch(/^[A-Z].{20,}[.!]$/s);
		expect(text?.title).not.toContain(code);
		expect(text?.title).not.toBe(text?.description);
	});

	it('of a page has words of its own', () => {
		for (const codes of Object.values(PAGES)) {
			const titles = codes
				.filter((code) => code in ERROR_TEXTS)
				.map((code) => textFor(code)?.title);
			const names = new Set(['paramError.name', 'dentryNameIllegal']);
			const different = codes.filter((code) => code in ERROR_TEXTS && !names.has(code));
			expect(new Set(titles).size).toBeGreaterThanOrEqual(different.length);
		}
	});
});

describe('the text for a code', () => {
	it('that is not listed is that of its first part', () => {
		expect(textFor('paramError.somethingNew')).toBe(ERROR_TEXTS.paramError);
		expect(textFor('permissionDenied.folder')).toBe(ERROR_TEXTS.permissionDenied);
	});

	it('that nobody knows is none', () => {
		for (const code of ['somethingNew', '', '60121', 'Forbidden', 'constructor', '__proto__.x']) {
			expect(textFor(code)).toBeUndefined();
		}
	});

	it('of the old calls is that of the new ones', () => {
		for (const code of Object.values(LEGACY_ERROR_CODES)) expect(textFor(code)).toBeDefined();
		expect(LEGACY_ERROR_CODES['40014']).toBe('InvalidAuthentication');
	});
});
