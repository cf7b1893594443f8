/** `48 bytes`, `1.2 KiB`, `64.0 MiB`. */
export function sizeText(bytes: number): string {
	const units = ['bytes', 'KiB', 'MiB', 'GiB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return unit === 0 ? `${Math.round(value)} bytes` : `${value.toFixed(1)} ${units[unit]}`;
}

/** `3 files`, `1 file`. */
export function count(number: number, what: string): string {
	return `${number} ${what}${number === 1 ? '' : 's'}`;
}
