export { GET, POST } from "../form.tsx";
