import { plain } from './markdown';
import chinese from './zh-CN/parameters.json';

/** The words around what the descriptions of the nodes say. */
export interface Language {
	/** What the path of a page has before `operations/…`. */
	folder: string;
	parameter: string;
	option: string;
	field: string;
	default: string;
	meaning: string;
	code: string;
	reason: string;
	advice: string;
	required: string;
	on: string;
	off: string;
	/** A text of a description in this language, as Markdown. @throws {Error} when there is none */
	text(english: string): string;
	/** Between a name and what it means. */
	colon: string;
	/** What stands behind a name, in brackets. */
	inBrackets(text: string): string;
	example(value: string): string;
	limits(min: number | undefined, max: number | undefined): string;
	/** When a field is shown. @param value as the editor shows it */
	shownWith(label: string, value: string): string;
	sentences(texts: string[]): string;
}

export const ENGLISH: Language = {
	folder: 'docs',
	parameter: 'Parameter',
	option: 'Option',
	field: 'Field',
	default: 'Default',
	meaning: 'Meaning',
	code: 'Code',
	reason: 'What happened',
	advice: 'What to do',
	required: 'required',
	on: 'on',
	off: 'off',
	text: (english) => plain(/[.:?]$/.test(english) ? english : `${english}.`),
	colon: ': ',
	inBrackets: (text) => ` (${text})`,
	example: (value) => `Example: ${value}.`,
	limits: (min, max) =>
		max === undefined ? `At least ${count(min)}.` : `From ${count(min)} to ${count(max)}.`,
	shownWith: (label, value) => `Shown when *${label}* is ${value}.`,
	sentences: (texts) => texts.join(' '),
};

export const CHINESE: Language = {
	folder: 'docs/zh-CN',
	parameter: '参数',
	option: '选项',
	field: '字段',
	default: '默认值',
	meaning: '说明',
	code: '错误码',
	reason: '原因',
	advice: '处理方法',
	required: '必填',
	on: '开启',
	off: '关闭',
	text(english) {
		if (Object.hasOwn(TEXTS, english)) return TEXTS[english];
		throw new Error(`test/docs/zh-CN/parameters.json has no Chinese for "${english}"`);
	},
	colon: '：',
	inBrackets: (text) => `（${text}）`,
	example: (value) => `例如 ${value}。`,
	limits: (min, max) =>
		max === undefined ? `不小于 ${count(min)}。` : `取值范围 ${count(min)}～${count(max)}。`,
	shownWith: (label, value) =>
		/^[*`]/.test(value) ? `*${label}* 为 ${value} 时显示。` : `*${label}* ${value}时显示。`,
	sentences: (texts) => texts.join(''),
};

/** Chinese Markdown by English text. */
const TEXTS: Record<string, string> = chinese;

function count(value: number | undefined): string {
	return (value ?? 0).toLocaleString('en');
}
