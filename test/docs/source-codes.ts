import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { projectFolder } from '../engine/n8n';

/**
 * The keys of a table in the source, for tables that are not exported.
 *
 * @param path in `nodes/`
 */
export function keysOf(path: string, table: string): string[] {
	const keys: string[] = [];
	visit(parse(path), (node) => {
		if (!ts.isVariableDeclaration(node) || node.name.getText() !== table) return;
		const { initializer } = node;
		if (!initializer || !ts.isObjectLiteralExpression(initializer)) return;
		for (const { name } of initializer.properties) if (name) keys.push(textOf(name));
	});
	if (keys.length === 0) throw new Error(`${path} has no table ${table}`);
	return keys;
}

/** Every code that the sources give to a failure of the network: `new TransportError(…)`. */
export function networkCodes(): string[] {
	const files = readdirSync(join(projectFolder, 'nodes'), { recursive: true, encoding: 'utf8' });
	const codes = new Set<string>();
	const sources = files.filter((name) => name.endsWith('.ts'));
	// To parse them all takes seconds.
	const telling = sources.filter((name) => textIn(name).includes('TransportError('));
	for (const source of telling.map(parse)) {
		visit(source, (node) => {
			if (!ts.isNewExpression(node) || node.expression.getText() !== 'TransportError') return;
			const [, , , code] = node.arguments ?? [];
			if (!code) return;
			visit(code, (inside) => void (ts.isStringLiteral(inside) && codes.add(inside.text)));
		});
	}
	return [...codes].sort();
}

function parse(path: string): ts.SourceFile {
	return ts.createSourceFile(path, textIn(path), ts.ScriptTarget.Latest, true);
}

function textIn(path: string): string {
	return readFileSync(join(projectFolder, 'nodes', path), 'utf8');
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
	look(node);
	ts.forEachChild(node, (child) => visit(child, look));
}

function textOf(name: ts.Node): string {
	return ts.isStringLiteral(name) ? name.text : name.getText();
}
