import type { CallName, RecordedCall } from '../services/dingtalk';

/** A request as the service wrote it down, with its address as it came over the wire. */
export interface SentCall extends RecordedCall {
	rawQuery: string;
	/** Values that the service gave to this client alone, by the name they are compared under. */
	own: Record<string, string>;
}

/** One field that the two clients send differently. */
export interface Difference {
	call: CallName;
	/** The test case it was seen in. */
	title: string;
	/** Where it is, e.g. `header user-agent`, `query operatorId`, `body option.size`. */
	field: string;
	/** As JSON; undefined where the client does not send the field. */
	sdk?: string;
	node?: string;
}

/** What a client sent, as far as it can differ: every field by the name of its place. */
export function fieldsOf(call: SentCall): Map<string, string> {
	const { method, path, rawQuery, headers, body, own } = call;
	const names = new Map(Object.entries(own).map(([name, value]) => [value, name]));
	const fields = new Map<string, string>();
	const add = (field: string, value: unknown) => {
		const name = typeof value === 'string' ? names.get(value) : undefined;
		fields.set(field, name ?? JSON.stringify(value));
	};
	add('method', method);
	add('path', path);
	for (const pair of rawQuery.split('&').filter(Boolean)) {
		const [name, value] = pair.split('=');
		add(`query ${name}`, value);
	}
	for (const [name, value] of Object.entries(headers)) add(`header ${name}`, value);
	if (body !== undefined) addLeaves('body', body, add);
	return fields;
}

/** The leaves of a JSON body; an empty object or array is a leaf too. */
function addLeaves(
	path: string,
	value: unknown,
	add: (field: string, value: unknown) => void,
): void {
	const isTree = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
	if (!isTree) return add(path, value);
	for (const [key, child] of Object.entries(value)) {
		const step = Array.isArray(value) ? `[${key}]` : `${path === 'body' ? ' ' : '.'}${key}`;
		addLeaves(`${path}${step}`, child, add);
	}
}

/** Every field in which two requests for the same differ. */
export function differences(title: string, sdk: SentCall, node: SentCall): Difference[] {
	const fromSdk = fieldsOf(sdk);
	const fromNode = fieldsOf(node);
	return [...new Set([...fromSdk.keys(), ...fromNode.keys()])]
		.map((field) => ({ field, sdk: fromSdk.get(field), node: fromNode.get(field) }))
		.filter((each) => each.sdk !== each.node)
		.map((each) => ({ call: node.name, title, ...each }));
}
