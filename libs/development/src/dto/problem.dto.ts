import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';

class FaultDto {
  @ApiProperty({ description: 'The field that was refused', example: 'email' })
  field: string;

  @ApiProperty({ description: 'Why', example: 'must be an e-mail address such as name@example.com' })
  reason: string;
}

/** Problem details (RFC 9457). */
export class ProblemDto {
  @ApiProperty({ example: 'about:blank' })
  type: string;

  @ApiProperty({ example: 'Bad Request' })
  title: string;

  @ApiProperty({ type: 'integer', example: 400 })
  status: number;

  @ApiProperty({ example: 'A field is missing or cannot be used; errors says which and why' })
  detail: string;

  @ApiProperty({ description: 'For programs', example: 'validation_failed' })
  code: string;

  @ApiProperty({ type: [FaultDto], required: false, description: 'The refused fields, where there are any' })
  errors?: FaultDto[];
}

/** Documents refusals with these statuses. */
export const ApiProblems = (...statuses: readonly number[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status] ?? '',
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
