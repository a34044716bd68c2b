import { acknowledgements } from "../register.tsx";

export const GET = acknowledgements.file;
