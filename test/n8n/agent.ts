import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import type { LocalDingTalk } from '../services/dingtalk';
import { TOOL_CALL_ID, type LocalModel, type ModelScript } from './model';
import type { Execution } from './real-n8n';

/** A note as a model writes one, with all that gets lost when text is taken for something else. */
const NOTE = {
	file_name: '会议纪要 📝 2026.md',
	content: [
		'# 会议纪要 📝',
		'',
		'* 决定：预算 ¥1,000 — “同意” 👩‍👩‍👧 𠮷',
		'* Not an expression: {{ 6 * 7 }}, $json.x, $fromAI("x"), ${y}; "quoted" \\n \\',
		'\tindented, Windows line end\r',
		'  the last line ends with spaces and two line feeds  \n\n',
	].join('\n'),
};

/** What the local model does in `workflows/ai-agent.json`. */
export const AGENT_SCRIPT: ModelScript = {
	toolArguments: NOTE,
	answer: '笔记已保存 ✅',
};

/** The note is stored as the model wrote it, and the model was told so. */
export function checkAgent(execution: Execution, service: LocalDingTalk, model: LocalModel): void {
	const files = service.files();
	assert.deepEqual(
		files.map(({ name }) => name),
		[NOTE.file_name],
	);
	const bytes = Buffer.from(NOTE.content, 'utf8');
	assert.equal(files[0].size, bytes.length);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	assert.equal(files[0].sha256, sha256, 'the note is stored with other bytes');

	assert.equal(model.requests.length, 2, 'the model was to be asked twice');
	const [first, second] = model.requests;
	const tools = first.tools?.map((tool) => tool.function) ?? [];
	assert.deepEqual(
		tools.map(({ name }) => name),
		['Store_Note'],
	);
	const { properties, required } = tools[0].parameters;
	assert.deepEqual(Object.keys(properties).sort(), ['content', 'file_name']);
	assert.deepEqual([...(required ?? [])].sort(), ['content', 'file_name']);

	const results = execution.items('Store Note', 0, 'ai_tool').map(({ json }) => json);
	assert.equal(results.length, 1);
	assert.equal(results[0].uuid, files[0].uuid);
	const told = second.messages.at(-1);
	assert.equal(told?.role, 'tool');
	assert.equal(told.tool_call_id, TOOL_CALL_ID);
	assert.deepEqual(JSON.parse(told.content), results);
	assert.deepEqual(
		execution.items('AI Agent').map(({ json }) => json.output),
		[AGENT_SCRIPT.answer],
	);
}
