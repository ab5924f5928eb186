// A person's picture: the first letter of the nickname on a colour made from the person's number.
export function Avatar({ person, nickname }: { person: number; nickname: string }) {
    const hue = (person * 137) % 360;
    return (
        <span
            className="avatar"
            aria-hidden="true"
            style={{
                background: `linear-gradient(135deg, hsl(${hue} 55% 38%), hsl(${hue + 50} 60% 30%))`,
            }}
        >
            {[...nickname][0]?.toUpperCase()}
        </span>
    );
}
