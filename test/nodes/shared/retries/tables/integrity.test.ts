import { readdirSync, rmSync, truncateSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

import type { FaultRule } from '../../../../services/dingtalk';
import type { HeaderChange } from '../../../../services/dingtalk/types';
import { testTables, type Row } from '../support/rows';
import type { DingTalkRig } from '../../../DingTalkKnowledgeBase/support/rig';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };
const SIZE = 500_000;
/** More than is read ahead: the PUT runs before the end of the file is known. */
const LONG = 3_000_000;

/** The one file that n8n keeps for the rig. */
function keptFile({ engine }: DingTalkRig): string {
	const files = readdirSync(engine.dataFolder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.parentPath.includes('binary_data'))
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((path) => !path.endsWith('.metadata'));
	expect(files).toHaveLength(1);
	return files[0];
}

/** Changes the file behind n8n's back, after its size was asked for. */
function whileAsking(change: (path: string) => void): Row['faults'] {
	return (rig): FaultRule[] => [
		{
			call: 'uploadInfo',
			when: () => {
				change(keptFile(rig));
				return false;
			},
			fault: { kind: 'delay', ms: 0 },
		},
	];
}

/** What is left of the checksums in the answer. */
const TOLD: Array<[what: string, change: HeaderChange['change']]> = [
	['both checksums', (headers) => headers],
	['the CRC-64 alone', (headers) => without(headers, 'ETag')],
	['the CRC-64 beside an ETag of parts', (headers) => ({ ...headers, ETag: '"0F0F-1"' })],
	['the ETag alone', (headers) => without(headers, 'x-oss-hash-crc64ecma')],
];

function without(headers: Record<string, string>, name: string): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
}

/** Wherever a byte is changed, and whichever checksum tells. */
const changedRows: Row[] = (['first', 'middle', 'last'] as const).flatMap((at) =>
	TOLD.map(([what, change]): Row => ({
		what: `a file whose ${at} byte arrived changed is sent again and only then committed, by ${what}`,
		upload: { size: SIZE },
		faults: () => [{ call: 'ossPut', fault: { kind: 'corrupt', at, change } }],
		counts: { ...GOOD, ossPut: 2 },
	})),
);

const rows: Row[] = [
	...changedRows,
	{
		what: 'a file whose CRC-64 is another is never committed, although its ETag is right',
		faults: () => [
			{
				call: 'ossPut',
				times: Infinity,
				fault: {
					kind: 'changedHeaders',
					change: (headers) => ({ ...headers, 'x-oss-hash-crc64ecma': '1' }),
				},
			},
		],
		counts: { token: 1, uploadInfo: 1, ossPut: 5 },
		fails: { message: 'The storage holds different bytes than were sent' },
	},
	{
		what: 'a file that always arrives changed is never committed',
		faults: () => [{ call: 'ossPut', times: Infinity, fault: { kind: 'corrupt' } }],
		counts: { token: 1, uploadInfo: 1, ossPut: 5 },
		fails: {
			message: 'The storage holds different bytes than were sent',
			description: /not committed/,
			data: { code: 'CHECKSUM_MISMATCH', step: 'uploadToOss' },
		},
	},
	{
		what: 'a file that turns out shorter than n8n said is not committed',
		upload: { size: LONG },
		faults: whileAsking((path) => truncateSync(path, LONG - 1)),
		counts: { token: 1, uploadInfo: 1, ossPut: 1 },
		fails: {
			message: 'The file is shorter than n8n said',
			description: /declared 3000000 bytes but delivered 2999999/,
			data: { code: 'LENGTH_MISMATCH', step: 'uploadToOss', fileName: 'report-0.bin' },
		},
	},
	{
		what: 'a file that turns out longer than n8n said is not committed',
		upload: { size: LONG },
		faults: whileAsking((path) => appendFileSync(path, 'x')),
		counts: { token: 1, uploadInfo: 1, ossPut: 1 },
		fails: { message: 'The file is longer than n8n said', data: { code: 'LENGTH_MISMATCH' } },
	},
	{
		what: 'a file that n8n no longer has is not committed',
		faults: whileAsking((path) => rmSync(path)),
		counts: { token: 1, uploadInfo: 1 },
		fails: { message: "The file could not be read from n8n's binary store" },
	},
	{
		what: 'the commit names the size, so that the service compares too',
		upload: { size: SIZE },
		counts: GOOD,
		also: ({ service }) => {
			expect(service.callsOf('commit')[0].body).toMatchObject({ option: { size: SIZE } });
		},
	},
	{
		what: 'an empty file is stored as such',
		upload: { size: 0 },
		counts: GOOD,
		also: ({ service }) => expect(service.objects()).toMatchObject([{ size: 0, puts: 1 }]),
	},
];

testTables({ 'when the bytes are not what they should be': rows });
