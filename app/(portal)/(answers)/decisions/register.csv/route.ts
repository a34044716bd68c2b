import { receipts } from "../register.tsx";

export const GET = receipts.file;
