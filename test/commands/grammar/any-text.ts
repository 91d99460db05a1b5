import fc from "fast-check";

/** Any UTF-16 code units, lone surrogates and control characters among them. */
export const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xff_ff })), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));
