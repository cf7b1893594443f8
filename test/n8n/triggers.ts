import type { WorkflowFile } from './real-n8n';

type WorkflowNode = WorkflowFile['nodes'][number];

/** What a trigger would have handed on. */
interface TriggerItem {
	json: Record<string, unknown>;
	/** Binary field → sample file of the local service. */
	files: Record<string, string>;
}

const SAMPLES = ['sample-note.txt', 'sample-photo.png', 'sample-report.docx'];

const MAIL = /emailReadImap|gmailTrigger|microsoftOutlookTrigger/;

/**
 * n8n starts a workflow from the command line only at a manual trigger. Each other trigger
 * becomes one, followed by nodes that make the item the trigger would have made; the last
 * of them has the trigger's name, so that what refers to it still does.
 */
export function standInForTrigger(workflow: WorkflowFile, apiUrl: string): void {
	const isTrigger = ({ type }: WorkflowNode) => /trigger$|emailReadImap|\.webhook$/i.test(type);
	for (const trigger of workflow.nodes.filter(isTrigger)) {
		if (trigger.type.endsWith('.manualTrigger')) continue;
		workflow.nodes.splice(workflow.nodes.indexOf(trigger), 1);
		feed(workflow, trigger.name, itemOf(trigger), apiUrl);
	}
}

function itemOf({ type, parameters }: WorkflowNode): TriggerItem {
	if (MAIL.test(type)) {
		const files = Object.fromEntries(SAMPLES.map((file, i) => [`attachment_${i}`, file]));
		return { json: { subject: 'Documents 文件', from: 'ada@example.com' }, files };
	}
	if (/formTrigger$/.test(type)) return formItem(parameters);
	return { json: { timestamp: new Date().toISOString() }, files: {} };
}

/** A field as the Form Trigger's parameters have it. */
interface FormField {
	fieldLabel?: string;
	fieldName?: string;
	fieldType?: string;
	multipleFiles?: boolean;
	fieldOptions?: { values?: Array<{ option: string }> };
}

/** The form's fields by label; an uploaded file in a binary field named after its label. */
function formItem(parameters: Record<string, unknown>): TriggerItem {
	const item: TriggerItem = { json: { submittedAt: new Date().toISOString() }, files: {} };
	const { values: fields = [] } = (parameters.formFields ?? {}) as { values?: FormField[] };
	fields.forEach((field, index) => {
		const label = field.fieldName || field.fieldLabel || `field-${index}`;
		const binaryName = label.replace(/\W/g, '_');
		if (field.fieldType !== 'file') {
			item.json[label] = field.fieldOptions?.values?.[0]?.option ?? `Some ${label}`;
		} else if (field.multipleFiles === false) {
			item.files[binaryName] = SAMPLES[1];
		} else {
			item.files[`${binaryName}_0`] = SAMPLES[0];
			item.files[`${binaryName}_1`] = SAMPLES[1];
		}
	});
	return item;
}

function feed(
	workflow: WorkflowFile,
	name: string,
	{ json, files }: TriggerItem,
	apiUrl: string,
): void {
	const node = (suffix: string, type: string, typeVersion: number, parameters: object) => {
		const added = { id: `${name} ${suffix}`, name: `${name} ${suffix}`, position: [0, 0] };
		const fullType = `n8n-nodes-base.${type}`;
		workflow.nodes.push({ ...added, type: fullType, typeVersion, parameters: { ...parameters } });
		return added.name;
	};
	const start = node('start', 'manualTrigger', 1, {});
	const jsonOutput = JSON.stringify(json);
	const sources = [node('json', 'set', 3.4, { mode: 'raw', jsonOutput, options: {} })];
	for (const [field, sample] of Object.entries(files)) {
		const response = { response: { responseFormat: 'file', outputPropertyName: field } };
		const url = `${apiUrl}/_local/files/${sample}`;
		sources.push(node(field, 'httpRequest', 4.2, { url, options: { response } }));
	}
	const to = (target: string, index = 0) => ({ node: target, type: 'main', index });
	workflow.connections[start] = { main: [sources.map((source) => to(source))] };
	// Merge takes no fewer than two inputs.
	if (sources.length === 1) {
		workflow.nodes[workflow.nodes.length - 1].name = name;
		workflow.connections[start] = { main: [[to(name)]] };
		return;
	}
	node('item', 'merge', 3, {
		mode: 'combine',
		combineBy: 'combineByPosition',
		numberInputs: sources.length,
		options: { clashHandling: { values: { resolveClash: 'preferLast', mergeMode: 'deepMerge' } } },
	});
	workflow.nodes[workflow.nodes.length - 1].name = name;
	sources.forEach((source, index) => {
		workflow.connections[source] = { main: [[to(name, index)]] };
	});
}
