import { Banner } from "#app/_ui/content.tsx";

interface RefusalBannerProps {
  title: string;
  text: string;
  /** As in the log; none where there is nothing to look up. */
  code?: string;
}

/** Says why somebody is not signed in, with what the service desk can look up. */
export const RefusalBanner = ({ title, text, code }: RefusalBannerProps) => (
  <Banner tone="warning" title={title}>
    <p>{text}</p>
    {code && text.includes("service desk") && <p className="text-small">For your IT service desk: reason “{code}”.</p>}
  </Banner>
);
