import { ApiProperty } from '@nestjs/swagger';

/** A mail as the mailbox shows it. */
export class MailDto {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ format: 'email', example: 'user@example.com' })
  to: string;

  @ApiProperty({ example: 'Verify your e-mail address' })
  subject: string;

  @ApiProperty({ description: 'The mail as plain text' })
  text: string;

  @ApiProperty({ description: 'The same as HTML' })
  html: string;

  @ApiProperty({
    type: String,
    format: 'uri',
    nullable: true,
    description: 'The link in the text; null where there is none',
    example: 'http://localhost:8060/reset-password?token=sIAmPZ0E3mJPbpZ8Kq3yB4RzPnuV1nS4J5l2o7h2Zx0',
  })
  link: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The link's token: what a contract's endpoint asks for; null without a link",
    example: 'sIAmPZ0E3mJPbpZ8Kq3yB4RzPnuV1nS4J5l2o7h2Zx0',
  })
  token: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The six-digit code in the text; null where there is none',
    example: '123456',
  })
  code: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T10:30:00.000Z' })
  createdAt: string;
}
