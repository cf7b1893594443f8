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

/** Every code that the sources give to an error of their own: `code: '…'` and `new TransportError(…)`. */
export function ownCodes(): string[] {
	const files = readdirSync(join(projectFolder, 'nodes'), { recursive: true, encoding: 'utf8' });
	const sources = files.filter((name) => name.endsWith('.ts')).map(parse);
	const constants = new Map<string, string>();
	const codes = new Set<string>();
	for (const source of sources) {
		visit(source, (node) => {
			if (!ts.isVariableDeclaration(node) || !node.initializer) return;
			if (ts.isStringLiteral(node.initializer)) {
				constants.set(node.name.getText(), node.initializer.text);
			}
		});
	}
	for (const source of sources) {
		visit(source, (node) => {
			for (const given of codesGivenBy(node)) {
				const code = ts.isIdentifier(given) ? constants.get(given.text) : textOf(given);
				if (code !== undefined) codes.add(code);
			}
		});
	}
	return [...codes].sort();
}

function codesGivenBy(node: ts.Node): ts.Node[] {
	if (ts.isPropertyAssignment(node) && textOf(node.name) === 'code') {
		const { initializer } = node;
		return ts.isStringLiteral(initializer) || ts.isIdentifier(initializer) ? [initializer] : [];
	}
	if (ts.isNewExpression(node) && node.expression.getText() === 'TransportError') {
		const [, , , code] = node.arguments ?? [];
		const literals: ts.Node[] = [];
		if (code) visit(code, (inside) => ts.isStringLiteral(inside) && literals.push(inside));
		return literals;
	}
	return [];
}

function parse(path: string): ts.SourceFile {
	const text = readFileSync(join(projectFolder, 'nodes', path), 'utf8');
	return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
	look(node);
	ts.forEachChild(node, (child) => visit(child, look));
}

function textOf(name: ts.Node): string {
	return ts.isStringLiteral(name) ? name.text : name.getText();
}
