/* A picture as a file, drawn by the reader's own browser: our fonts, a title, alt text and the recipe go into it in
   the form that `dashboard.export` writes and reads, so that `export --from-image` draws it again. */
window.conflict.picture = (() => {
  const SCALES = { png: 2, svg: 1 };
  const PX_PER_METRE = 96 / 0.0254;
  const SIGNATURE_AND_HEADER = 33;
  const utf8 = new TextEncoder();

  const CRC = Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
    return byte;
  });
  const crc = (bytes) => ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1);
  const chunk = (kind, body) => {
    const bytes = new Uint8Array(body.length + 12);
    const view = new DataView(bytes.buffer);
    bytes.set(utf8.encode(kind), 4);
    bytes.set(body, 8);
    view.setUint32(0, body.length);
    view.setInt32(body.length + 8, crc(bytes.subarray(4, body.length + 8)));
    return bytes;
  };
  /* Keyword, four empty fields (no compression, no language, no translation), text. */
  const text = (keyword, words) => chunk("iTXt", utf8.encode(`${keyword}${"\0".repeat(5)}${words}`));
  const density = (scale) => {
    const body = new DataView(new ArrayBuffer(9));
    for (const at of [0, 4]) body.setUint32(at, Math.round(PX_PER_METRE * scale));
    body.setUint8(8, 1);
    return chunk("pHYs", new Uint8Array(body.buffer));
  };
  const withTexts = (png, texts, scale) =>
    new Blob([png.slice(0, SIGNATURE_AND_HEADER), density(scale), ...texts.map((pair) => text(...pair)), png.slice(SIGNATURE_AND_HEADER)], { type: "image/png" });

  /* The faces that the drawing asks for, their files in them: an image sees none of the page's fonts. */
  const asked = (svg, { style }) => {
    const [family, weight] = ["font-family", "font-weight"].map((name) => style.getPropertyValue(name).replace(/["']/g, ""));
    const isBold = weight === "700" && /font-weight:\s*bold/.test(svg);
    return svg.includes(family) && (weight === "400" || isBold || new RegExp(`font-weight[:=]["\\s]*${weight}`).test(svg));
  };
  const inlined = async (face, sheet) => {
    const [, path] = /url\(["']?([^"')]+)/.exec(face.style.getPropertyValue("src"));
    const answer = await fetch(new URL(path, sheet.href));
    if (!answer.ok) throw new Error("A font could not be loaded. Try again.");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const file = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const rules = ["font-family", "font-weight"].map((name) => `${name}: ${face.style.getPropertyValue(name)};`);
    return `@font-face { ${rules.join(" ")} src: url(data:font/woff2;base64,${file}) format("woff2"); }`;
  };
  const fontsFor = async (svg) => {
    const faces = [...document.styleSheets].flatMap((sheet) =>
      sheet.href?.startsWith(`${location.origin}/`) ? [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule && asked(svg, rule)).map((face) => inlined(face, sheet)) : [],
    );
    return (await Promise.all(faces)).join("");
  };
  const escaped = (words) => words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const withParts = (svg, { title, alt, recipe, fonts }) => {
    const root = svg.indexOf(">", svg.indexOf("<svg")) + 1;
    const parts = [
      `<title>${escaped(title)}</title><desc>${escaped(alt)}</desc>`,
      `<metadata id="conflict-timeline">${escaped(recipe)}</metadata>`,
      `<defs><style>${fonts}</style></defs>`,
    ];
    return new Blob([svg.slice(0, root), ...parts, svg.slice(root)], { type: "image/svg+xml" });
  };
  const painted = async (svg, width, height, scale) => {
    const url = URL.createObjectURL(svg);
    try {
      const image = new Image(width, height);
      image.src = url;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: Math.floor(width * scale), height: Math.floor(height * scale) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const png = await new Promise((done) => canvas.toBlob(done, "image/png"));
      if (!png) throw new Error("The browser could not draw the picture. Take SVG.");
      return png;
    } finally {
      URL.revokeObjectURL(url);
    }
  };

  /* Draw what the server sent: the figure, its recipe as far as the form has no part in it, its alt text. */
  return async ({ figure, recipe, alt }, form) => {
    await document.fonts.ready;
    const { width, height } = figure.layout;
    const scale = SCALES[form];
    const { title, source, program } = recipe;
    const written = JSON.stringify({ ...recipe, form, scale: String(scale) });
    const drawing = await window.Plotly.toImage(figure, { format: "svg", imageDataOnly: true, width, height });
    const svg = withParts(drawing, { title, alt, recipe: written, fonts: await fontsFor(drawing) });
    if (form === "svg") return svg;
    const texts = { Title: title, Source: source, Description: alt, Software: program, "conflict-timeline": written };
    return withTexts(await painted(svg, width, height, scale), Object.entries(texts), scale);
  };
})();
