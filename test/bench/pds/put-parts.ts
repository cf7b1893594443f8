import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request, type Dispatcher } from 'undici';

import type { PartsTask } from '../tasks';

/** PUTs a file's parts, each straight from the disk, so many at a time, and begun in order. */
export async function putParts(task: PartsTask, dispatcher: Dispatcher): Promise<void> {
	const { size } = await stat(task.path);
	let next = 0;
	const work = async () => {
		while (next < task.urls.length) await putPart(task, size, next++, dispatcher);
	};
	await Promise.all(Array.from({ length: task.concurrency }, work));
}

async function putPart(
	{ path, urls, partSize, readSize }: PartsTask,
	size: number,
	index: number,
	dispatcher: Dispatcher,
): Promise<void> {
	const start = index * partSize;
	const end = Math.min(start + partSize, size);
	const answer = await request(urls[index], {
		method: 'PUT',
		headers: { 'Content-Type': '', 'Content-Length': String(end - start) },
		// `end` is the last byte, not the one behind it.
		body: createReadStream(path, { start, end: end - 1, highWaterMark: readSize }),
		dispatcher,
	});
	const text = await answer.body.text();
	if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode} ${text}`);
}
