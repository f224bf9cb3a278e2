// Draws a picture and copies it as pixels, twice as many as it has points, on white.
const SCALE = 2;

async function draw(svg) {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * SCALE;
  canvas.height = picture.height * SCALE;
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((pixels) => (pixels ? done(pixels) : failed(new Error("no pixels"))));
  });
}

// The promise goes into the item: browsers want to be asked while the key or button is still fresh.
export function copy(svg) {
  return navigator.clipboard.write([new ClipboardItem({ "image/png": draw(svg) })]);
}
