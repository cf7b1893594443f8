import assert from 'node:assert/strict';

import type { CredentialDialog } from './credential-dialog';
import type { Step } from './steps';

const WRONG_SECRET = 'a-wrong-secret';

export const credentialSteps: Step[] = [
	[
		'Fill in a new credential: the usual fields, the secret hidden',
		async ({ credential, service, shoot }) => {
			const { app, operator } = service.seed;
			await credential.openNew();
			await credential.chooseRegion('China');
			await credential.fill({
				appKey: app.appKey,
				appSecret: WRONG_SECRET,
				operatorUnionId: operator.unionId,
			});
			assert.equal(await credential.input('apiBaseUrl').count(), 0, 'a field too many');
			assert.equal(await credential.input('appSecret').getAttribute('type'), 'password');
			await credential.scrollToStart();
			await shoot('credential');
		},
	],

	[
		'A wrong secret: one sentence says what to check',
		async ({ credential, service, shoot }) => {
			await credential.chooseRegion('Custom');
			await credential.fill({ apiBaseUrl: service.apiUrl });
			await credential.save();
			const said = await credential.refusal();
			assert.match(said, /DingTalk does not know this app key and secret\. Check .+ region/);
			assert.ok(!said.includes(WRONG_SECRET), 'the secret is shown');
			await shoot('credential-refused');
		},
	],

	[
		'The right secret: the test is green',
		async ({ credential, service, shoot }) => {
			await credential.fill({ appSecret: service.seed.app.appSecret });
			await credential.save();
			await credential.waitUntilClosed();
			await credential.openAgain();
			await credential.waitUntilTested();
			await shoot('credential-tested');
			await credential.close();
		},
	],

	[
		'An app without permissions: the list names the one to apply for',
		async ({ credential, knowledgeBase, service, shoot }) => {
			const { appWithoutScopes, app } = service.seed;
			await useApp(credential, appWithoutScopes);
			await knowledgeBase.open();
			assert.match(await knowledgeBase.error(), /Wiki\.Workspace\.Read/);
			await shoot('missing-permission');
			await knowledgeBase.close();
			await useApp(credential, app);
		},
	],
];

/** Changes the credential to another app. */
async function useApp(
	credential: CredentialDialog,
	{ appKey, appSecret }: { appKey: string; appSecret: string },
): Promise<void> {
	await credential.openAgain();
	await credential.fill({ appKey, appSecret });
	await credential.save();
	await credential.waitUntilSaved();
	await credential.waitUntilTested();
	await credential.close();
}
