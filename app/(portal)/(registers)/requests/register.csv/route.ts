import { requests } from "../register.tsx";

export const GET = requests.file;
