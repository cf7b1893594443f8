import type { DingTalkClient } from '../../../../../nodes/DingTalkKnowledgeBase/api/client';
import type { Shape } from '../../../support/shapes';

/** Texts that a user or the service gives, by their place. */
export interface Ids {
	parent: string;
	operator: string;
	page: string;
	space: string;
	dentry: string;
}

export interface ExpectedRequest {
	/** Segments after the base URL; a function gives the id that the segment has to carry. */
	path: Array<string | ((ids: Ids) => string)>;
	query?: Record<string, string | ((ids: Ids) => string)>;
	answer: (ids: Ids) => { status?: number; body: object };
}

/** One function of `api/`, the requests it makes when all goes well, and what it gives. */
export interface ApiFunction {
	file: string;
	make: (client: DingTalkClient, ids: Ids) => Promise<unknown>;
	requests: ExpectedRequest[];
	steps: string[];
	result: Shape;
}
