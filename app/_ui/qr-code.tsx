import encodeQR from "qr";

type QrCodeProps = {
  /** What a camera reads. */
  text: string;
  /** A text alternative: "QR code with the address of the page". */
  label: string;
};

/** A QR code, drawn on the server; dark on white whatever the page's colours, or cameras do not read it. */
export function QrCode({ text, label }: QrCodeProps) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET_MODULES });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="block w-full forced-color-adjust-none"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}

/** The white margin that the standard asks for. */
const QUIET_MODULES = 4;
