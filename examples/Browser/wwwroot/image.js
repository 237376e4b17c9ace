// An image as MNIST has them: ink in the middle of 28 x 28 pixels, 0 for paper to 1 for ink.

export const size = 28;

// The longer side of what is drawn, in pixels of the image.
const inner = 20;

/** The ink of a canvas, scaled and moved as the images were that the network was trained with; null where nothing is drawn. */
export function inkOf(canvas) {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[4 * (y * width + x) + 3] > 0) {
        [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      }
    }
  }

  if (right < 0) return null;
  const [w, h] = [right - left + 1, bottom - top + 1];
  const scale = inner / Math.max(w, h);
  const small = scaled(canvas, left, top, w, h, Math.max(1, Math.round(w * scale)), Math.max(1, Math.round(h * scale)));
  return centred(small);
}

/** Draws ink in a colour. */
export function show(ink, canvas, colour) {
  const context = canvas.getContext('2d');
  const image = context.createImageData(size, size);
  ink.forEach((value, i) => image.data.set([...colour, Math.round(value * 255)], 4 * i));
  context.putImageData(image, 0, 0);
}

// By halves, since a browser looks at no more than some neighbours of each pixel.
function scaled(source, x, y, w, h, width, height) {
  let [from, fx, fy, fw, fh] = [source, x, y, w, h];
  for (;;) {
    const [tw, th] = [Math.max(width, Math.ceil(fw / 2)), Math.max(height, Math.ceil(fh / 2))];
    const to = new OffscreenCanvas(tw, th);
    const context = to.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(from, fx, fy, fw, fh, 0, 0, tw, th);
    if (tw === width && th === height) return to;
    [from, fx, fy, fw, fh] = [to, 0, 0, tw, th];
  }
}

// The centre of mass goes to the middle.
function centred(small) {
  const { width, height } = small;
  const pixels = small.getContext('2d').getImageData(0, 0, width, height).data;
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = pixels[4 * (y * width + x) + 3];
      [sum, sumX, sumY] = [sum + value, sumX + x * value, sumY + y * value];
    }
  }

  const within = (offset, length) => Math.min(size - length, Math.max(0, Math.round(offset)));
  const left = within(size / 2 - sumX / sum - 0.5, width);
  const top = within(size / 2 - sumY / sum - 0.5, height);
  const ink = new Array(size * size).fill(0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      ink[(top + y) * size + left + x] = pixels[4 * (y * width + x) + 3] / 255;
    }
  }

  return ink;
}
