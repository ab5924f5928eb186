// Files on their way to the server, piece by piece: each may be sent again, and offset 0 begins a
// file anew.
import { sendBytes } from '@/shared/console/client';

const kPieceBytes = 4 * 1024 * 1024;
export const kFileBytesMax = 64 * 1024 * 1024;

export interface Progress {
    name: string;
    sent: number; // bytes of all files
    total: number;
}

export async function uploadFiles(
    id: number,
    files: File[],
    progress: (progress: Progress) => void,
): Promise<void> {
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let sent = 0;
    for (const file of files) {
        // An empty file is one empty piece.
        for (let offset = 0; offset === 0 || offset < file.size; offset += kPieceBytes) {
            progress({ name: file.name, sent, total });
            const piece = file.slice(offset, offset + kPieceBytes);
            await sendBytes<unknown>(
                'PUT',
                `/api/v1/imports/${id}/files/${encodeURIComponent(file.name)}?offset=${offset}`,
                piece,
                'application/octet-stream',
            );
            sent += piece.size;
        }
    }
}
