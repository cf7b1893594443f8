import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CallName, FaultRule } from '../../../../services/dingtalk';
import {
	openRig,
	type DingTalkRig,
	type DingTalkRigOptions,
} from '../../../DingTalkKnowledgeBase/support/rig';
import type { Outcome, UploadOptions } from '../../../DingTalkKnowledgeBase/support/uploads';
import { withoutWaits } from '../../../support/haste';

/** What the user sees when an upload fails. */
export interface Seen {
	/** The error's sentence. */
	message: string | RegExp;
	/** What to do about it, as far as this row is about it. */
	description?: RegExp;
	/** Of what the error panel shows beside it. */
	data?: IDataObject;
}

/** One row of the retries table. */
export interface Row extends DingTalkRigOptions {
	what: string;
	/** What goes wrong, set before the node starts. */
	faults?: (rig: DingTalkRig) => FaultRule[];
	upload?: UploadOptions;
	/** Requests of each kind; kinds left out must not come at all. */
	counts: Partial<Record<CallName, number>>;
	/** Left out when the upload succeeds. */
	fails?: Seen;
	/** The node really waits: its waits are what the row shows. */
	waits?: true;
	/** Committed files; default 1 for a success, none for a failure. */
	stored?: number;
	/** Anything that only this row has to show. */
	also?: (rig: DingTalkRig, outcome: Outcome) => void;
}

interface Played {
	rig: DingTalkRig;
	outcome: Outcome;
}

/** A test for each row. All rows are played at the same time, each against its own service. */
export function testTables(tables: Record<string, Row[]>): void {
	const played = new Map<Row, Promise<PromiseSettledResult<Played>>>();
	beforeAll(async () => {
		for (const row of Object.values(tables).flat()) {
			const rig = await openRig(row);
			played.set(row, settled(play(row, rig)));
		}
	});
	afterAll(async () => {
		for (const playing of played.values()) {
			const ended = await playing;
			if (ended.status === 'fulfilled') await ended.value.rig.close();
		}
	});
	describe.each(Object.entries(tables))('%s', (_title, rows) => {
		it.each(rows)('$what', async (row) => {
			const ended = await played.get(row);
			if (ended?.status !== 'fulfilled') throw ended?.reason;
			check(row, ended.value);
		});
	});
}

/** A rejection is kept for the row's own test. */
async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
	const [ended] = await Promise.allSettled([promise]);
	return ended;
}

async function play(row: Row, rig: DingTalkRig): Promise<Played> {
	for (const rule of row.faults?.(rig) ?? []) rig.service.fail(rule);
	const upload = async () => await rig.upload(row.upload);
	return { rig, outcome: await (row.waits ? upload() : withoutWaits(upload)) };
}

function check(row: Row, { rig, outcome }: Played): void {
	const { result } = outcome;
	if (row.fails) {
		expect(result.status).toBe('error');
		expectSeen(result.error, row.fails);
	} else {
		expect(result.error?.message).toBeUndefined();
		expect(result.status).toBe('success');
		expect(outcome.items).toHaveLength(row.upload?.files ?? 1);
	}
	expect(rig.counts()).toEqual(row.counts);
	checkStored(row, { rig, outcome });
	row.also?.(rig, outcome);
}

/** Nothing is doubled, nothing is committed with other bytes, and the item tells the right key. */
function checkStored(row: Row, { rig: { service }, outcome: { items, hashes } }: Played): void {
	const files = service.files().filter(({ name }) => name !== 'welcome.txt');
	const usual = row.fails || !row.counts.commit ? 0 : hashes.length;
	expect(files).toHaveLength(row.stored ?? usual);
	for (const { sha256 } of files) expect(hashes).toContain(sha256);
	const committed = service.callsOf('commit').map(({ body }) => (body as IDataObject)?.uploadKey);
	for (const { json } of items) {
		if (json.upload) expect(committed).toContain((json.upload as IDataObject).uploadKey);
	}
}

/** What n8n shows in the error panel. */
export function expectSeen(error: unknown, { message, description, data }: Seen): void {
	const seen = error as { message: string; description?: string; context?: { data?: IDataObject } };
	if (typeof message === 'string') expect(seen.message).toBe(message);
	else expect(seen.message).toMatch(message);
	if (description) expect(seen.description).toMatch(description);
	if (data) expect(seen.context?.data).toMatchObject(data);
}
