import { crc32, deflateSync } from 'node:zlib';
import { zip } from './zip';

/** A small file that workflows can fetch over HTTP as their input. */
export interface Sample {
	mediaType: string;
	bytes(): Buffer;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const FORMATS = 'application/vnd.openxmlformats-officedocument';

function relationship(type: string, target: string): string {
	return (
		`${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
		`<Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`
	);
}

/** The parts every Office file has: what its main part is, and where. */
function officeFile(main: string, type: string, parts: Record<string, string>): Buffer {
	const sheets = Object.keys(parts).filter((path) => path.includes('/worksheets/'));
	const overrides = [
		`<Override PartName="/${main}" ContentType="${FORMATS}.${type}.main+xml"/>`,
		...sheets.map(
			(path) =>
				`<Override PartName="/${path}" ContentType="${FORMATS}.spreadsheetml.worksheet+xml"/>`,
		),
	];
	const relationships = 'application/vnd.openxmlformats-package.relationships+xml';
	const defaults =
		`<Default Extension="rels" ContentType="${relationships}"/>` +
		'<Default Extension="xml" ContentType="application/xml"/>';
	return zip({
		'[Content_Types].xml':
			`${XML}<Types xmlns="${PACKAGE}/content-types">` + `${defaults}${overrides.join('')}</Types>`,
		'_rels/.rels': relationship('officeDocument', main),
		...parts,
	});
}

function docx(): Buffer {
	const ns = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
	const paragraph = '<w:p><w:r><w:t>Weekly report 周报</w:t></w:r></w:p>';
	return officeFile('word/document.xml', 'wordprocessingml.document', {
		'word/document.xml':
			`${XML}<w:document xmlns:w="${ns}">` + `<w:body>${paragraph}</w:body></w:document>`,
	});
}

function xlsx(): Buffer {
	const ns = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	return officeFile('xl/workbook.xml', 'spreadsheetml.sheet', {
		'xl/workbook.xml':
			`${XML}<workbook xmlns="${ns}" xmlns:r="${OFFICE}">` +
			'<sheets><sheet name="Report" sheetId="1" r:id="rId1"/></sheets></workbook>',
		'xl/_rels/workbook.xml.rels': relationship('worksheet', 'worksheets/sheet1.xml'),
		'xl/worksheets/sheet1.xml':
			`${XML}<worksheet xmlns="${ns}"><sheetData><row r="1">` +
			'<c r="A1" t="inlineStr"><is><t>Total</t></is></c><c r="B1"><v>42</v></c>' +
			'</row></sheetData></worksheet>',
	});
}

function pngChunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

/** A square of 32 by 32 points in one colour. */
function png(): Buffer {
	const side = 32;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2], 8);
	const row = Buffer.concat([
		Buffer.from([0]),
		Buffer.alloc(side * 3, Buffer.from([22, 119, 255])),
	]);
	const rows = Buffer.concat(Array.from({ length: side }, () => row));
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		pngChunk('IHDR', header),
		pngChunk('IDAT', deflateSync(rows)),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

/** The sample files by name. The same bytes every time. */
export const SAMPLES: Record<string, Sample> = {
	'sample-note.txt': {
		mediaType: 'text/plain',
		bytes: () => Buffer.from('A note for the Knowledge Base.\n知识库的一条笔记。\n'),
	},
	'sample-photo.png': { mediaType: 'image/png', bytes: png },
	'sample-report.docx': { mediaType: `${FORMATS}.wordprocessingml.document`, bytes: docx },
	'sample-table.xlsx': { mediaType: `${FORMATS}.spreadsheetml.sheet`, bytes: xlsx },
};
