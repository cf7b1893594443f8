import { SEED } from '../../services/dingtalk';
import type { Case } from './types';

const { suiteKey, suiteSecret, suiteTicket, corpId } = SEED.thirdPartyApp;

export const tokenCases: Case[] = [
	{
		title: 'token of an internal app',
		call: 'token',
		node: async (rig) => void (await rig.list('searchKnowledgeBases')),
		sdk: async (sdk) => void (await sdk.getAccessToken()),
	},
	{
		title: 'token of a third-party app',
		call: 'corpToken',
		node: async (rig) => {
			const app = { appType: 'thirdParty', appKey: suiteKey, appSecret: suiteSecret };
			const credential = { ...app, corpId, suiteTicket };
			await rig.list('searchKnowledgeBases', {}, { credential });
		},
		sdk: async (sdk) => {
			await sdk.getCorpAccessToken({ suiteKey, suiteSecret, suiteTicket, authCorpId: corpId });
		},
	},
];
