import type { Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** Pixels of a side: several for each module, so that the squares keep their edges. */
const SIDE = 400;

/** What a phone reads from a QR code on the page, drawn large in a window of its own. */
export async function qrText(code: Locator): Promise<string> {
  await code.locator('path').waitFor({ state: 'attached' });
  const drawing = await code.evaluate((svg) => new XMLSerializer().serializeToString(svg));
  const window = await code.page().context().newPage();
  const pixels = await window.evaluate(
    async ([source, side]) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml,${encodeURIComponent(source.replace('<svg ', `<svg width="${side}" height="${side}" `))}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
      const pen = canvas.getContext('2d')!;
      pen.drawImage(image, 0, 0, side, side);
      // The red of each pixel is enough of black on white.
      const { data } = pen.getImageData(0, 0, side, side);
      return Array.from({ length: side * side }, (_, at) => (data[at * 4]! > 127 ? '1' : '0')).join('');
    },
    [drawing, SIDE] as const,
  );
  await window.close();
  const data = Uint8Array.from(
    Array.from(pixels).flatMap((pixel) => [...Array<number>(3).fill(Number(pixel) * 255), 255]),
  );
  return decodeQR({ width: SIDE, height: SIDE, data });
}
