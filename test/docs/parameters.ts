import type { INodeProperties } from 'n8n-workflow';

import type { Language } from './languages';
import { code, table } from './markdown';

/** The tables of an operation's parameters and of its options, from the description of the node. */
export function parameterTables(fields: INodeProperties[], language: Language): string {
	const options = fields.filter(isCollection);
	const others = fields.filter((field) => !isCollection(field));
	const ofOptions = options.flatMap(({ displayName, options: inside }) => [
		`**${displayName}**`,
		propertyTable(language.option, inside as INodeProperties[], language),
	]);
	return [propertyTable(language.parameter, others, language), ...ofOptions].join('\n\n');
}

/** One table. @param what its rows are */
export function propertyTable(
	what: string,
	properties: INodeProperties[],
	language: Language,
): string {
	const rows = properties
		.filter(({ type }) => type !== 'hidden' && type !== 'notice')
		.map((property) => [
			property.displayName,
			defaultOf(property, language),
			meaningOf(property, properties, language),
		]);
	return table([what, language.default, language.meaning], rows);
}

/** The English texts that a page in another language needs. */
export function textsIn(properties: INodeProperties[], language: Language): string[] {
	const texts: string[] = [];
	const text = (english: string) => {
		texts.push(english);
		return english;
	};
	parameterTables(properties, { ...language, text });
	return texts;
}

function isCollection({ type }: INodeProperties): boolean {
	return type === 'collection';
}

function defaultOf({ type, default: given, ...rest }: INodeProperties, language: Language): string {
	const { options = [], modes = [], required } = rest;
	const labels = [...options, ...modes];
	if (type === 'boolean') return given === true ? language.on : language.off;
	if (type === 'options') return labelOf(labels, given);
	if (type === 'resourceLocator') {
		const { mode, value } = given as { mode: string; value: string };
		const chosen = labelOf(labels, mode);
		if (value) return [chosen, shownValue(value)].join(language.colon);
		return required ? language.required + language.inBrackets(chosen) : chosen;
	}
	if (typeof given === 'number') return code(String(given));
	if (typeof given === 'string' && given !== '') return shownValue(given);
	if (Object.keys(given ?? {}).length > 0) return code(JSON.stringify(given));
	return required ? language.required : '–';
}

/** An expression without the sign that marks it as one. */
function shownValue(value: string): string {
	return code(value.replace(/^=/, ''));
}

/** How the editor shows a value. */
function labelOf(labels: object[], value: unknown): string {
	const shown = labels.find((label) => value === ('value' in label ? label.value : nameOf(label)));
	if (!shown) throw new Error(`No label for ${String(value)}`);
	return `*${'displayName' in shown ? String(shown.displayName) : nameOf(shown)}*`;
}

function nameOf(label: object): string {
	return 'name' in label ? String(label.name) : '';
}

function meaningOf(
	property: INodeProperties,
	siblings: INodeProperties[],
	language: Language,
): string {
	const about = [...said(property, language), ...shownWith(property, siblings, language)];
	const choices = choicesOf(property, language).map((choice) => `• ${choice}`);
	return [language.sentences(about), ...choices].filter(Boolean).join('<br>');
}

interface Said {
	description?: string;
	hint?: string;
	placeholder?: string;
	typeOptions?: INodeProperties['typeOptions'];
}

/** What a field, or one way of filling it in, tells about itself. */
function said({ description, hint, placeholder = '', typeOptions }: Said, language: Language) {
	const { minValue, maxValue } = typeOptions ?? {};
	const [, example] = /^e\.g\. (.*)$/.exec(placeholder) ?? [];
	const texts = [description, hint].filter((text) => text !== undefined);
	return [
		...texts.map((text) => language.text(text)),
		...(minValue || maxValue ? [language.limits(minValue, maxValue)] : []),
		...(example ? [language.example(code(example))] : []),
	];
}

/** What can be chosen or filled in. */
function choicesOf(property: INodeProperties, language: Language): string[] {
	const { type, options = [], modes = [] } = property;
	if (type === 'resourceLocator') return modes.map((mode) => choice(mode, [], language));
	return options.flatMap((option) => {
		if ('values' in option) {
			return option.values.map((value) => choice(value, choicesOf(value, language), language));
		}
		const value = 'value' in option ? language.inBrackets(code(String(option.value))) : '';
		return [named(`*${option.name}*${value}`, said(option as Said, language), language)];
	});
}

function choice(
	field: { displayName: string } & Said,
	values: string[],
	language: Language,
): string {
	return named(`*${field.displayName}*`, [...said(field, language), ...values], language);
}

function named(name: string, about: string[], language: Language): string {
	return about.length > 0 ? [name, language.sentences(about)].join(language.colon) : name;
}

/** What must be chosen before the field is there, beside resource and operation. */
function shownWith(
	{ displayOptions }: INodeProperties,
	siblings: INodeProperties[],
	language: Language,
): string[] {
	return Object.entries(displayOptions?.show ?? {}).flatMap(([name, values]) => {
		const other = siblings.find((sibling) => sibling.name === name);
		if (!other || !Array.isArray(values)) return [];
		const shown = values.map((value) =>
			defaultOf({ ...other, default: value as string }, language),
		);
		return [language.shownWith(other.displayName, shown.join(', '))];
	});
}
