import { changeCases } from './changes';
import { commitCases } from './commit';
import { listCases } from './lists';
import { downloadCases } from './download';
import { lookupCases } from './lookups';
import { signCases } from './signs';
import { tokenCases } from './tokens';
import type { Case } from './types';
import { uploadInfoCases } from './upload-info';

export type { Case } from './types';

/** Every call of the node that the SDK has, with every option of the node. */
export const CASES: Case[] = [
	...tokenCases,
	...uploadInfoCases,
	...commitCases,
	...downloadCases,
	...lookupCases,
	...listCases,
	...changeCases,
	...signCases,
];
