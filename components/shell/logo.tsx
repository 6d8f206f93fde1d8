/** A pulse that ends in a dot: it beat, and then it stopped. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 20 20" fill="none" className="flex-none">
      <path
        d="M1 10h4l2.2-6 3.8 12 2.2-6H15"
        stroke="var(--text)"
        strokeWidth="2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="18" cy="10" r="1.6" fill="var(--stuck)" />
    </svg>
  );
}
