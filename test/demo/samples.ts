import { createCipheriv } from 'node:crypto';

import { SAMPLES } from '../services/dingtalk';
import type { InputFile } from './input-files';

const MiB = 2 ** 20;

/** Attachments as an e-mail might have them; the same bytes every time. */
export function sampleFiles(largeMiB: number): InputFile[] {
	return [
		inMemory('quarterly-report.pdf', pdf('Quarterly report')),
		inMemory('site-photo.png', SAMPLES['sample-photo.png'].bytes()),
		inMemory('会议纪要 2026-03.txt', Buffer.from('会议纪要\n1. 上季度回顾\n2. 下一步计划\n')),
		{
			name: `large-sample-${largeMiB}-MiB.bin`,
			size: largeMiB * MiB,
			read: () => noise(largeMiB),
		},
	];
}

function inMemory(name: string, bytes: Buffer): InputFile {
	return {
		name,
		size: bytes.length,
		read: async function* () {
			yield bytes;
		},
	};
}

/** Bytes that no compression shrinks, one MiB at a time. */
async function* noise(chunks: number): AsyncGenerator<Buffer> {
	const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 'sample'), Buffer.alloc(16));
	const zeros = Buffer.alloc(MiB);
	for (let chunk = 0; chunk < chunks; chunk++) yield cipher.update(zeros);
}

/** A page with one line of text, with the table of offsets that PDF readers look for. */
function pdf(text: string): Buffer {
	const content = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R' +
			' /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = body.length;
		body += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(offset).padStart(10, '0')} 00000 n \n`;
	});
	const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
	const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>`;
	return Buffer.from(`${body}${table}${trailer}\nstartxref\n${body.length}\n%%EOF\n`);
}
