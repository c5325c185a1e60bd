import { useEffect, useState } from 'react';

/** Modules left white around the code. Source: ISO/IEC 18004 §9.1. */
const QUIET = 4;

interface QrCodeProps {
  /** An address. */
  readonly text: string;
  /** What it is, said to whoever does not see it. */
  readonly label: string;
}

/** A QR code as black squares on white in every look, for screens and paper. Its encoder is loaded when it is shown. */
export function QrCode({ text, label }: QrCodeProps) {
  const [rows, setRows] = useState<readonly (readonly boolean[])[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const draw = async (): Promise<void> => {
      const { default: encodeQr } = await import('qr');
      // Medium correction survives a stamp's edge or a fold.
      const made = encodeQr(text, 'raw', { ecc: 'medium', border: QUIET });
      if (isCurrent) setRows(made);
    };
    void draw();
    return () => {
      isCurrent = false;
    };
  }, [text]);
  if (rows === null) return <span className="qr" />;
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${rows.length} ${rows.length}`}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={squares.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** A public address as a code to point a phone at, folded away until asked for. */
export function FoldedQrCode({ text, label }: QrCodeProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="closed" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen && <QrCode text={text} label={`${label} ${text}`} />}
    </details>
  );
}
