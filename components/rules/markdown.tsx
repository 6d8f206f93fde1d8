// biome-ignore-all lint/suspicious/noArrayIndexKey: a document's lines do not move
import { marked, type Token, type Tokens } from "marked";
import Link from "next/link";
import type { ReactNode } from "react";
import { LogExample } from "@/components/rules/log-example";

/**
 * Our own Markdown as React elements. Built from marked's tokens and not from its HTML, so that no text of a page
 * can ever become markup.
 */
export function Markdown({ text }: { text: string }) {
  return <div className="grid gap-3">{blocks(marked.lexer(text))}</div>;
}

/** The text without its first heading, where that only repeats the page's own. */
export function withoutTitle(text: string): string {
  return text.replace(/^\s*#\s[^\n]*\n+/, "");
}

function blocks(tokens: readonly Token[]): ReactNode[] {
  return tokens.map((token, index) => <Block key={index} token={token} />);
}

function Block({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "heading":
      return <Heading depth={(token as Tokens.Heading).depth}>{inlines(token)}</Heading>;
    case "paragraph":
      return <p className="max-w-[72ch] text-pretty">{inlines(token)}</p>;
    case "list":
      return <List list={token as Tokens.List} />;
    case "code": {
      const { lang, text } = token as Tokens.Code;
      return <LogExample info={lang ?? ""} text={text} />;
    }
    case "blockquote":
      return (
        <blockquote className="border-l-2 border-line pl-3.5 text-muted">
          {blocks(token.tokens ?? [])}
        </blockquote>
      );
    case "hr":
      return <hr className="border-line2" />;
    case "table":
      return <Table table={token as Tokens.Table} />;
    default:
      return inlines(token);
  }
}

/** The page's own title is above; the document's parts stand one below it. */
function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  if (depth <= 2)
    return <h2 className="mt-3 text-lg font-title tracking-[-0.01em] first:mt-0">{children}</h2>;
  return <h3 className="mt-1 font-semibold">{children}</h3>;
}

function List({ list }: { list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index} className="max-w-[72ch] pl-1 text-pretty marker:text-faint">
      {item.tokens.map((token, at) =>
        // A list item's own line is text, what is below it are blocks.
        token.type === "text" ? inlines(token) : <Block key={at} token={token} />,
      )}
    </li>
  ));
  return list.ordered ? (
    <ol start={Number(list.start) || 1} className="grid list-decimal gap-1 pl-5">
      {items}
    </ol>
  ) : (
    <ul className="grid list-disc gap-1 pl-5">{items}</ul>
  );
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    <div className="overflow-x-auto rounded-xl border border-line bg-panel">
      <table className="w-full border-collapse text-left">
        <thead>
          <tr>
            {table.header.map((cell) => (
              <th
                key={cell.text}
                scope="col"
                className="border-b border-line2 px-3 py-2 text-xs font-semibold text-faint"
              >
                {inlines(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index} className="border-b border-line2 last:border-0">
              {row.map((cell, column) => (
                <td key={column} className="px-3 py-2 align-top">
                  {inlines(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The text within a block; what it does not know it prints as it stands. */
function inlines(token: {
  readonly tokens?: Token[] | undefined;
  readonly text?: string;
  readonly raw?: string;
}): ReactNode {
  if (!token.tokens) return plain(token.text ?? token.raw ?? "");
  return token.tokens.map((part, index) => <Inline key={index} token={part} />);
}

function Inline({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case "strong":
      return <strong>{inlines(token)}</strong>;
    case "em":
      return <em>{inlines(token)}</em>;
    case "del":
      return <del>{inlines(token)}</del>;
    case "br":
      return <br />;
    case "codespan":
      return (
        <code className="mono rounded-sm bg-line2 px-1 py-px">{plain((token as Tokens.Codespan).text)}</code>
      );
    case "link":
      return <TextLink href={(token as Tokens.Link).href}>{inlines(token)}</TextLink>;
    case "html":
      return token.raw;
    default:
      return inlines(token);
  }
}

/** `./lost-node.md` in the folder of the rules is `/rules/lost-node` here. */
function TextLink({ href, children }: { href: string; children: ReactNode }) {
  const rule = /^(?:\.\/)?([a-z0-9-]+)\.md$/.exec(href)?.[1];
  const className = "text-accent underline decoration-line underline-offset-2 hover:decoration-current";
  if (rule !== undefined || href.startsWith("/")) {
    return (
      <Link href={rule === undefined ? href : `/rules/${rule}`} className={className}>
        {children}
      </Link>
    );
  }
  return /^(https?:|#)/.test(href) ? (
    <a href={href} className={className}>
      {children}
    </a>
  ) : (
    children
  );
}

/** Some versions of the tokenizer escape what would be read as HTML; React does that itself. */
function plain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
