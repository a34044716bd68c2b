export { generateMetadata, Page as default } from "./form.tsx";
